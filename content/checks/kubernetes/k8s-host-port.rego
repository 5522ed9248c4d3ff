# METADATA
# title: Containers take no ports of the host
# description: |
#   Asks every port of every container, init container and ephemeral container for `hostPort`. 0, null and nothing pass;
#   everything else fails. In a pod on the network of its host the API server writes the port in by itself: what fails then is
#   what `hostNetwork` brought.
#   Pod Security Standards, baseline: "Host Ports".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.5
#   family: access
#   rationale: >-
#     A port of the node is reachable from wherever the node is, past Services and network policies, and keeps every other pod
#     that wants it off that node.
#   fix:
#     text: >-
#       Take hostPort out and publish the port through a Service.
#     patch: patch
#   revision: 1
#   aliases: [checkov:CKV_K8S_26, gatekeeper:k8spsphostnetworkingports, kubescape:C-0044, kubescape:C-0204,
#     kyverno:disallow-host-ports]
package checks.kubernetes.k8s_host_port

import data.lib.kubernetes

applies if count(kubernetes.containers) > 0

deny contains {"msg": msg, "place": place, "key": key} if {
	some found in kubernetes.containers
	some index, port in found.container.ports
	value := port.hostPort
	not value in {0, null}
	msg := sprintf("%s takes port %v of its node, wanted no `hostPort`", [found.name, value])
	place := sprintf("%s/ports/%v/hostPort", [found.place, index])
	key := sprintf(
		"%s/ports[containerPort=%v,protocol=%v]",
		[found.key, kubernetes.field(port, "containerPort"), protocol(port)],
	)
}

patch := [{"op": "remove", "path": part.place} | some part in deny]

protocol(port) := value if {
	value := port.protocol
	value != null
} else := "TCP"
