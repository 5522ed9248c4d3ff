# METADATA
# title: Pods do not share the host's processes
# description: |
#   Asks the pod for `hostPID`. False, null and nothing pass; everything else fails. Not asked of a pod whose `os.name` is
#   windows: the API server refuses the field there.
#   Pod Security Standards, baseline: "Host Namespaces".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.7
#   family: access
#   rationale: >-
#     A pod in the process namespace of its node sees every process there, reads its environment, secrets included, and with the
#     right capabilities stops it or takes it over.
#   fix:
#     text: >-
#       Set hostPID to false or leave it out. Containers of one pod that must see each other use shareProcessNamespace.
#     patch: patch
#   revision: 1
#   aliases: [checkov:CKV_K8S_17, gatekeeper:k8spsphostnamespace, kubescape:C-0038, kubescape:C-0275,
#     kyverno:disallow-host-namespaces, steampipe:core_minimize_hostPID_containers]
package checks.kubernetes.k8s_host_pid

import data.lib.kubernetes

applies if {
	kubernetes.describes_pod
	not kubernetes.windows
}

deny contains {"msg": msg, "place": place, "key": "hostPID"} if {
	value := kubernetes.switched_on(kubernetes.pod.spec, "hostPID")
	msg := sprintf("the pod shares the processes of its node: `hostPID` is %s, wanted false or nothing", [json.marshal(value)])
	place := sprintf("%s/hostPID", [kubernetes.pod.place])
}

patch := [{"op": "replace", "path": part.place, "value": false} | some part in deny]
