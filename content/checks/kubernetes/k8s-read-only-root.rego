# METADATA
# title: Containers have a read-only root
# description: |
#   Asks every container, init container and ephemeral container for `readOnlyRootFilesystem`. Only true passes. Not asked of a
#   pod whose `os.name` is windows: the API server refuses the field there.
#   Kubernetes documentation: "Configure a Security Context for a Pod or Container".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.5
#   family: change
#   rationale: >-
#     What cannot be written cannot be changed: no tool is put beside the program, and what runs stays what was built and
#     reviewed.
#   fix:
#     text: >-
#       Set securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where the program has to write, /tmp for one.
#   revision: 1
#   aliases: [checkov:CKV_K8S_22, gatekeeper:k8spspreadonlyrootfilesystem, kubescape:C-0017, kyverno:require-ro-rootfs]
package checks.kubernetes.k8s_read_only_root

import data.lib.kubernetes

applies if {
	count(kubernetes.containers) > 0
	not kubernetes.windows
}

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.containers
	not found.container.securityContext.readOnlyRootFilesystem == true
	msg := sprintf("%s can write to its root, wanted `readOnlyRootFilesystem` true", [found.name])
	place := kubernetes.security_place(found, "readOnlyRootFilesystem")
}
