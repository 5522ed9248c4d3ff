# METADATA
# title: Pods do not share the host's IPC
# description: |
#   Asks the pod for `hostIPC`. False, null and nothing pass; everything else fails. Not asked of a pod whose `os.name` is
#   windows: the API server refuses the field there.
#   Pod Security Standards, baseline: "Host Namespaces".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.7
#   family: access
#   rationale: >-
#     A pod in the IPC namespace of its node reads and writes the shared memory, semaphores and message queues of every process
#     there.
#   fix:
#     text: >-
#       Set hostIPC to false or leave it out. Containers of one pod share an IPC namespace already.
#     patch: patch
#   revision: 1
#   aliases: [checkov:CKV_K8S_18, gatekeeper:k8spsphostnamespace, kubescape:C-0038, kubescape:C-0276,
#     kyverno:disallow-host-namespaces, steampipe:core_minimize_hostIPC_containers]
package checks.kubernetes.k8s_host_ipc

import data.lib.kubernetes

applies if {
	kubernetes.describes_pod
	not kubernetes.windows
}

deny contains {"msg": msg, "place": place, "key": "hostIPC"} if {
	value := kubernetes.switched_on(kubernetes.pod.spec, "hostIPC")
	msg := sprintf("the pod shares the inter-process communication of its node: `hostIPC` is %s, wanted false or nothing", [json.marshal(value)])
	place := sprintf("%s/hostIPC", [kubernetes.pod.place])
}

patch := [{"op": "replace", "path": part.place, "value": false} | some part in deny]
