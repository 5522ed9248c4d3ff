# METADATA
# title: Containers request CPU
# description: |
#   Asks every container and init container for `resources.requests.cpu`. A quantity above 0 passes, and so does a limit where
#   no request is written: it is then the request too. What the whole pod has (`spec.resources`) stands in for its containers.
#   Ephemeral containers are not asked: the API gives them no resources of their own.
#   Kubernetes documentation: "Resource Management for Pods and Containers".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.3
#   family: incident
#   rationale: >-
#     The scheduler counts requests. A container without one is put where no core is left for it, and gets what the others
#     leave.
#   fix:
#     text: >-
#       Set resources.requests.cpu of the container to what it needs in ordinary operation, e.g. 100m.
#   revision: 1
#   aliases: [checkov:CKV_K8S_10, gatekeeper:k8scontainerrequests, kubescape:C-0268, kyverno:require-pod-requests-limits]
package checks.kubernetes.k8s_cpu_request

import data.lib.kubernetes

applies if count(kubernetes.sized_containers) > 0

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.sized_containers
	not kubernetes.reserved(found, "cpu")
	msg := sprintf("%s requests no CPU, neither itself nor through its pod", [found.name])
	place := kubernetes.amount_place(found, "requests", "cpu")
}
