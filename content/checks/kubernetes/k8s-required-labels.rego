# METADATA
# title: Workloads carry the compliance labels
# description: |
#   Asks Deployments, StatefulSets and DaemonSets for the labels that the parameter `labels` lists; each is to have a value. An
#   empty list asks for nothing.
#   Kubernetes documentation: "Labels and Selectors".
# custom:
#   resources: [k8s/apps/DaemonSet, k8s/apps/Deployment, k8s/apps/StatefulSet]
#   parameters:
#     labels:
#       type: strings
#       default: [data-classification, data-retention, compliance-scope]
#       description: labels that every workload has a value for
#   impact: 0.3
#   family: change
#   rationale: >-
#     Whoever keeps, deletes or audits data has to know what kind it is. The label is where every tool can read it.
#   fix:
#     text: >-
#       Add the labels under metadata.labels, with the values that your classification and retention schedule give.
#   revision: 1
#   aliases: [gatekeeper:k8srequiredlabels, kubescape:C-0076, kubescape:C-0077, kyverno:require-labels]
package checks.kubernetes.k8s_required_labels

import data.lib.kubernetes

applies if count(data.plumb.params.labels) > 0

deny contains {"msg": msg, "place": place(label), "key": sprintf("labels[%s]", [label])} if {
	some label in data.plumb.params.labels
	not regex.match(`.`, input.metadata.labels[label])
	msg := sprintf("the %s has no value for the label `%s`", [input.kind, label])
}

# Where the label is written, else the metadata, which should have it.
place(label) := sprintf("/metadata/labels/%s", [kubernetes.segment(label)]) if {
	_ := input.metadata.labels[label]
} else := "/metadata"
