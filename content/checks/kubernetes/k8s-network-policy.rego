# METADATA
# title: Namespaces have network policies
# description: |
#   Asks a Namespace for a NetworkPolicy with its name as `metadata.namespace`, or a policy of Cilium or Calico. One whose file
#   leaves the namespace to whoever applies it is not counted: nobody can tell where it goes. What the policies allow is another
#   question. kube-system, kube-public and kube-node-lease belong to Kubernetes and are not asked.
#   Kubernetes documentation: "Network Policies".
# custom:
#   resources: [k8s//Namespace]
#   needs: [k8s/cilium.io/CiliumNetworkPolicy, k8s/crd.projectcalico.org/NetworkPolicy, k8s/networking.k8s.io/NetworkPolicy,
#     k8s/projectcalico.org/NetworkPolicy]
#   impact: 0.5
#   family: access
#   rationale: >-
#     Without a policy every pod reaches every other pod of the cluster. One that is broken into is a foothold for all of them.
#   fix:
#     text: >-
#       Add a NetworkPolicy that denies by default (podSelector: {}, policyTypes: [Ingress, Egress]) with the namespace under
#       metadata, then one for each connection that is wanted.
#   revision: 1
#   aliases: [checkov:CKV2_K8S_6, kubescape:C-0206, kubescape:C-0260, kyverno:add-network-policy, kyverno:require-netpol]
package checks.kubernetes.k8s_network_policy

applies if not input.metadata.name in {"kube-node-lease", "kube-public", "kube-system"}

deny contains {"msg": msg, "place": "/metadata/name", "key": "networkPolicy"} if {
	not guarded
	msg := sprintf("no network policy names the namespace `%v` as its own", [input.metadata.name])
}

guarded if {
	some policies in data.plumb.of
	some policy in policies
	policy.metadata.namespace == input.metadata.name
}
