# METADATA
# title: Pods do not share the host's network
# description: |
#   Asks the pod for `hostNetwork`. False, null and nothing pass; everything else fails. Asked of Windows pods too: the field
#   holds there.
#   Pod Security Standards, baseline: "Host Namespaces".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.7
#   family: access
#   rationale: >-
#     A pod on the network of its node reaches services that listen on the node's own addresses, can listen to the node's
#     traffic, and is past every network policy.
#   fix:
#     text: >-
#       Set hostNetwork to false or leave it out, and publish ports through a Service. Node agents that cannot do without it
#       belong in a namespace of their own, with a waiver.
#     patch: patch
#   revision: 1
#   aliases: [checkov:CKV_K8S_19, gatekeeper:k8spsphostnetworkingports, kubescape:C-0041,
#     kyverno:disallow-host-namespaces, steampipe:core_minimize_hostNetwork_containers]
package checks.kubernetes.k8s_host_network

import data.lib.kubernetes

applies if kubernetes.describes_pod

deny contains {"msg": msg, "place": place, "key": "hostNetwork"} if {
	value := kubernetes.switched_on(kubernetes.pod.spec, "hostNetwork")
	msg := sprintf("the pod shares the network of its node: `hostNetwork` is %s, wanted false or nothing", [json.marshal(value)])
	place := sprintf("%s/hostNetwork", [kubernetes.pod.place])
}

patch := [{"op": "replace", "path": part.place, "value": false} | some part in deny]
