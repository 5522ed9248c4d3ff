# METADATA
# title: Containers have a liveness probe
# description: |
#   Asks every container of a workload that runs on for a `livenessProbe` that has a way to ask: `exec`, `grpc`, `httpGet` or
#   `tcpSocket`. Init containers and ephemeral containers are not asked, nor Jobs, CronJobs and pods whose restartPolicy is
#   Never or OnFailure: they end.
#   Kubernetes documentation: "Liveness, Readiness, and Startup Probes".
# custom:
#   resources: [k8s//Pod, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment, k8s/apps/ReplicaSet,
#     k8s/apps/StatefulSet]
#   impact: 0.3
#   family: incident
#   rationale: >-
#     A program that hangs keeps its process and serves nobody. Only a probe lets Kubernetes see it and start it anew.
#   fix:
#     text: >-
#       Add a livenessProbe that asks something only a working program answers, and no other service: one that is down would
#       restart all of its clients.
#   revision: 1
#   aliases: [checkov:CKV_K8S_8, gatekeeper:k8srequiredprobes, kubescape:C-0056, kyverno:require-probes]
package checks.kubernetes.k8s_liveness_probe

import data.lib.kubernetes

applies if kubernetes.serves

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.containers
	found.list == "containers"
	not kubernetes.asks(found.container.livenessProbe)
	msg := sprintf("%s has no liveness probe", [found.name])
	place := found.place
}
