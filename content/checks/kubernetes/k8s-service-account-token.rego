# METADATA
# title: Tokens are mounted where needed only
# description: |
#   Asks the pod for `automountServiceAccountToken`. False passes. Where the pod says nothing, its service account decides: one
#   of that name and namespace that says false passes too. Anything else fails, since Kubernetes mounts the token unless told
#   otherwise. A pod that calls the Kubernetes API needs it, and deserves a waiver that says so.
#   Kubernetes documentation: "Configure Service Accounts for Pods".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   needs: [k8s//ServiceAccount]
#   impact: 0.5
#   family: access
#   rationale: >-
#     The token in every container is a login to the Kubernetes API. Most programs never use it; whoever breaks into one does.
#   fix:
#     text: >-
#       Set automountServiceAccountToken to false, of the pod or of its service account. A pod that calls the API gets a service
#       account of its own with few rights.
#   revision: 1
#   aliases: [checkov:CKV_K8S_38, kubescape:C-0034, kubescape:C-0190, kyverno:restrict-automount-sa-token]
package checks.kubernetes.k8s_service_account_token

import data.lib.kubernetes

applies if kubernetes.describes_pod

deny contains {"msg": msg, "place": place, "key": "automountServiceAccountToken"} if {
	not unmounted
	msg := "the pod is given a token for the Kubernetes API, wanted `automountServiceAccountToken` false"
}

unmounted if kubernetes.pod.spec.automountServiceAccountToken == false

unmounted if {
	not decided
	some account in data.plumb.of["k8s//ServiceAccount"]
	account.metadata.name == account_name
	kubernetes.field(account.metadata, "namespace") == kubernetes.field(input.metadata, "namespace")
	account.automountServiceAccountToken == false
}

# Holds where the pod itself says whether it wants the token.
decided if kubernetes.pod.spec.automountServiceAccountToken != null

account_name := name if {
	name := kubernetes.pod.spec.serviceAccountName
	not name in {"", null}
} else := "default"

# Where it is written, else the pod, which should say it.
place := sprintf("%s/automountServiceAccountToken", [kubernetes.pod.place]) if {
	_ := kubernetes.pod.spec.automountServiceAccountToken
} else := kubernetes.pod.place
