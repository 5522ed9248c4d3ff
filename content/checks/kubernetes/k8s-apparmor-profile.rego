# METADATA
# title: AppArmor is not turned off
# description: |
#   Asks the pod and every container, init container and ephemeral container for `appArmorProfile.type`, each for itself.
#   RuntimeDefault, Localhost and no profile at all pass: the runtime then takes its own. Before 1.30 annotations of the pod
#   said it: `runtime/default`, `localhost/…` and empty ones pass. Not asked of a pod whose `os.name` is windows.
#   Pod Security Standards, baseline: "AppArmor".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.7
#   family: access
#   rationale: >-
#     AppArmor keeps a container from mounts, raw devices and files of the kernel that no program in it has use for. Unconfined,
#     only the next layer stands.
#   fix:
#     text: >-
#       Take the profile out, or set its type to RuntimeDefault. A program that needs more gets a profile of its own, Localhost,
#       that allows just that.
#   revision: 1
#   aliases: [gatekeeper:k8spspapparmor, kyverno:restrict-apparmor-profiles]
package checks.kubernetes.k8s_apparmor_profile

import data.lib.kubernetes

applies if {
	kubernetes.describes_pod
	not kubernetes.windows
}

deny contains {"msg": msg, "place": place, "key": key} if {
	some found in kubernetes.security_contexts
	profile := found.context.appArmorProfile
	profile != null
	not profile.type in kubernetes.profiles
	msg := sprintf(
		"%s has an AppArmor profile of type `%v`, wanted RuntimeDefault or Localhost",
		[found.name, kubernetes.field(profile, "type")],
	)
	place := sprintf("%s/appArmorProfile", [found.place])
	key := sprintf("%s/appArmorProfile", [found.key])
}

deny contains {"msg": msg, "place": place, "key": key} if {
	some name, profile in kubernetes.template.object.metadata.annotations
	startswith(name, "container.apparmor.security.beta.kubernetes.io/")
	not regex.match(`^(runtime/default|localhost/.*)?$`, profile)
	msg := sprintf("the annotation `%s` is `%v`, wanted runtime/default or localhost/…", [name, profile])
	place := sprintf("%s/metadata/annotations/%s", [kubernetes.template.place, kubernetes.segment(name)])
	key := sprintf("annotations[%s]", [name])
}
