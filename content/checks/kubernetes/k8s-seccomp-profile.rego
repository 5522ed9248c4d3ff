# METADATA
# title: Pods use a seccomp profile
# description: |
#   Asks for the `seccompProfile` in force for each container, init container and ephemeral container: its own, else the pod's.
#   RuntimeDefault and Localhost pass. Nothing said fails: containers then run unconfined, unless the kubelet was started with
#   seccompDefault, which no manifest tells. Not asked of a pod whose `os.name` is windows.
#   Pod Security Standards, restricted: "Seccomp".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.5
#   family: access
#   rationale: >-
#     Most flaws of the kernel by which containers were left lie in calls that no ordinary program makes. The profile of the
#     runtime closes them, and costs nothing.
#   fix:
#     text: >-
#       Set securityContext.seccompProfile.type of the pod to RuntimeDefault.
#   revision: 1
#   aliases: [checkov:CKV_K8S_31, gatekeeper:k8spspseccomp, kubescape:C-0055, kubescape:C-0210, kyverno:restrict-seccomp,
#     kyverno:restrict-seccomp-strict]
package checks.kubernetes.k8s_seccomp_profile

import data.lib.kubernetes

applies if {
	count(kubernetes.containers) > 0
	not kubernetes.windows
}

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.containers
	not confined(found)
	msg := sprintf("%s has no seccomp profile in force, wanted the type RuntimeDefault or Localhost", [found.name])
	place := kubernetes.security_place(found, "seccompProfile")
}

confined(found) if kubernetes.security_setting(found, "seccompProfile").value.type in kubernetes.profiles
