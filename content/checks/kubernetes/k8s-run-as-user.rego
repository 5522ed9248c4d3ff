# METADATA
# title: No user id of root is asked for
# description: |
#   Asks the pod and every container, init container and ephemeral container for `runAsUser`, each for itself. A number above 0
#   passes, and so do null and nothing, which leave it to the image: whether that may be root is the question of
#   `k8s-run-as-non-root`. Not asked of a pod whose `os.name` is windows.
#   Pod Security Standards, restricted: "Running as Non-root user".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.7
#   family: access
#   rationale: >-
#     A manifest that asks for user id 0 makes root of a program, whatever the image was built for. Beside runAsNonRoot the
#     kubelet refuses to start it.
#   fix:
#     text: >-
#       Take runAsUser out, or set it to an id above 0 that may read the files of the image.
#   revision: 1
#   aliases: [gatekeeper:k8spspallowedusers, kyverno:require-run-as-non-root-user]
package checks.kubernetes.k8s_run_as_user

import data.lib.kubernetes

applies if {
	kubernetes.describes_pod
	not kubernetes.windows
}

deny contains {"msg": msg, "place": place, "key": key} if {
	some found in kubernetes.security_contexts
	user := found.context.runAsUser
	user != null
	not kubernetes.other_user(user)
	msg := sprintf("%s asks for root: `runAsUser` is %s, wanted above 0", [found.name, json.marshal(user)])
	place := sprintf("%s/runAsUser", [found.place])
	key := sprintf("%s/runAsUser", [found.key])
}
