# METADATA
# title: SELinux labels are those of containers
# description: |
#   Asks the pod and every container, init container and ephemeral container for `seLinuxOptions`, each for itself. The types
#   container_t, container_init_t, container_kvm_t and container_engine_t pass, and so does none; a user or a role fails. Levels
#   are free. Not asked of a pod whose `os.name` is windows.
#   Pod Security Standards, baseline: "SELinux".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.7
#   family: access
#   rationale: >-
#     The label decides what a process may touch on its node. With the type spc_t, or a user or role of the host, nothing holds
#     a container back.
#   fix:
#     text: >-
#       Take type, user and role out of seLinuxOptions, or name a type for containers. The level may stay.
#   revision: 1
#   aliases: [gatekeeper:k8spspselinuxv2, kyverno:disallow-selinux]
package checks.kubernetes.k8s_selinux_options

import data.lib.kubernetes

applies if {
	kubernetes.describes_pod
	not kubernetes.windows
}

deny contains {"msg": msg, "place": place, "key": key} if {
	some found in kubernetes.security_contexts
	type := found.context.seLinuxOptions.type
	not type in {"", "container_engine_t", "container_init_t", "container_kvm_t", "container_t", null}
	msg := sprintf("%s has the SELinux type `%v`, wanted one of a container or none", [found.name, type])
	place := sprintf("%s/seLinuxOptions/type", [found.place])
	key := sprintf("%s/seLinuxOptions/type", [found.key])
}

deny contains {"msg": msg, "place": place, "key": key} if {
	some found in kubernetes.security_contexts
	some name in ["role", "user"]
	value := found.context.seLinuxOptions[name]
	not value in {"", null}
	msg := sprintf("%s has the SELinux %s `%v`, wanted none", [found.name, name, value])
	place := sprintf("%s/seLinuxOptions/%s", [found.place, name])
	key := sprintf("%s/seLinuxOptions/%s", [found.key, name])
}
