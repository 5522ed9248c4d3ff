# METADATA
# title: Containers do not run as root
# description: |
#   Asks for `runAsNonRoot` and `runAsUser` in force for each container: its own, else the pod's. `runAsNonRoot: true` passes,
#   and so does a user id above 0, which shows the same. Nothing said fails, because the image may then choose root. Asked of
#   Windows pods too, where `runAsNonRoot` keeps a container from running as ContainerAdministrator.
#   Pod Security Standards, restricted: "Running as Non-root".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.7
#   family: access
#   rationale: >-
#     Root in a container is root on the node's kernel: one flaw in the runtime or one mounted path of the host, and the rights
#     are real. An ordinary user has nothing to carry out.
#   fix:
#     text: >-
#       Set securityContext.runAsNonRoot to true for the pod or the container. An image that has no user of its own needs
#       one (USER in its build), or a runAsUser above 0, else the kubelet will not start it.
#   revision: 2
#   aliases: [checkov:CKV_K8S_23, gatekeeper:k8spspallowedusers, kubescape:C-0013, kubescape:C-0198,
#     kyverno:require-run-as-nonroot, steampipe:core_minimize_root_containers_admission]
package checks.kubernetes.k8s_run_as_non_root

import data.lib.kubernetes

applies if count(kubernetes.containers) > 0

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.containers
	not runs_as_other(found)
	msg := sprintf("%s may run as root: wanted `runAsNonRoot` true, or a `runAsUser` above 0", [found.name])
	place := kubernetes.security_place(found, "runAsNonRoot")
}

runs_as_other(found) if kubernetes.security_setting(found, "runAsNonRoot").value == true

runs_as_other(found) if kubernetes.other_user(kubernetes.security_setting(found, "runAsUser").value)
