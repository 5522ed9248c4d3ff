# METADATA
# title: Seccomp is not turned off
# description: |
#   Asks the pod and every container, init container and ephemeral container for `seccompProfile`, each for itself.
#   RuntimeDefault, Localhost and no profile at all pass; that there is one is the question of `k8s-seccomp-profile`.
#   Annotations are not read: Kubernetes has not read them since 1.27. Not asked of a pod whose `os.name` is windows.
#   Pod Security Standards, baseline: "Seccomp".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.7
#   family: access
#   rationale: >-
#     Seccomp keeps from a container the calls of the kernel that programs have no use for, and attackers do. Unconfined says
#     that all of them are wanted.
#   fix:
#     text: >-
#       Set the type of the seccompProfile to RuntimeDefault. A program that needs more gets a profile of its own, Localhost,
#       that allows just that.
#   revision: 1
#   aliases: [gatekeeper:k8spspseccomp, kyverno:restrict-seccomp]
package checks.kubernetes.k8s_seccomp_unconfined

import data.lib.kubernetes

applies if {
	kubernetes.describes_pod
	not kubernetes.windows
}

deny contains {"msg": msg, "place": place, "key": key} if {
	some found in kubernetes.security_contexts
	profile := found.context.seccompProfile
	profile != null
	not profile.type in kubernetes.profiles
	msg := sprintf(
		"%s has a seccomp profile of type `%v`, wanted RuntimeDefault or Localhost",
		[found.name, kubernetes.field(profile, "type")],
	)
	place := sprintf("%s/seccompProfile", [found.place])
	key := sprintf("%s/seccompProfile", [found.key])
}
