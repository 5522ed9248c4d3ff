# METADATA
# title: Containers have a readiness probe
# description: |
#   Asks every container of a workload that runs on for a `readinessProbe` that has a way to ask: `exec`, `grpc`, `httpGet` or
#   `tcpSocket`. Init containers and ephemeral containers are not asked, nor Jobs, CronJobs and pods whose restartPolicy is
#   Never or OnFailure: they end.
#   Kubernetes documentation: "Liveness, Readiness, and Startup Probes".
# custom:
#   resources: [k8s//Pod, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment, k8s/apps/ReplicaSet,
#     k8s/apps/StatefulSet]
#   impact: 0.3
#   family: incident
#   rationale: >-
#     Without one a container is sent requests as soon as it starts and for as long as it hangs; during every rollout some of
#     them fail.
#   fix:
#     text: >-
#       Add a readinessProbe that succeeds once the program can serve.
#   revision: 1
#   aliases: [checkov:CKV_K8S_9, gatekeeper:k8srequiredprobes, kubescape:C-0018, kyverno:require-probes]
package checks.kubernetes.k8s_readiness_probe

import data.lib.kubernetes

applies if kubernetes.serves

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.containers
	found.list == "containers"
	not kubernetes.asks(found.container.readinessProbe)
	msg := sprintf("%s has no readiness probe", [found.name])
	place := found.place
}
