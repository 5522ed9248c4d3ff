# METADATA
# title: No container gains privileges
# description: |
#   Asks every container, init container and ephemeral container for `allowPrivilegeEscalation`. False passes; nothing said
#   fails, since the runtime then lets a setuid program have more rights than what started it. Not asked of a pod whose
#   `os.name` is windows: the API server refuses the field there.
#   Pod Security Standards, restricted: "Privilege Escalation".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.7
#   family: access
#   rationale: >-
#     With it, one setuid program in the image turns an ordinary user of the container into its root.
#   fix:
#     text: >-
#       Set securityContext.allowPrivilegeEscalation to false. A container that is privileged or adds SYS_ADMIN has to lose that
#       first: the API server refuses both together.
#   revision: 1
#   aliases: [checkov:CKV_K8S_20, gatekeeper:k8spspallowprivilegeescalationcontainer, kubescape:C-0016, kubescape:C-0197,
#     kyverno:disallow-privilege-escalation]
package checks.kubernetes.k8s_privilege_escalation

import data.lib.kubernetes

applies if {
	count(kubernetes.containers) > 0
	not kubernetes.windows
}

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.containers
	not found.container.securityContext.allowPrivilegeEscalation == false
	msg := sprintf("%s may gain privileges, wanted `allowPrivilegeEscalation` false", [found.name])
	place := kubernetes.security_place(found, "allowPrivilegeEscalation")
}
