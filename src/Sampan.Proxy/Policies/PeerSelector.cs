using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.Api.Networking.V1;
using Sampan.Api.Selectors;

namespace Sampan.Proxy.Policies;

/// <summary>
/// Pods that a rule means by labels: those of one namespace, or those of all namespaces with certain labels. Two rules that
/// mean the same have the same <see cref="Text"/>, and share a set.
/// </summary>
internal sealed class PeerSelector
{
    private readonly string? _namespace;
    private readonly Selector _namespaces;
    private readonly Selector _pods;

    public PeerSelector(string policyNamespace, NetworkPolicyPeer peer)
    {
        _namespace = peer.NamespaceSelector is null ? policyNamespace : null;
        _namespaces = peer.NamespaceSelector is null ? Selector.Everything : Selector.From(peer.NamespaceSelector);
        _pods = peer.PodSelector is null ? Selector.Everything : Selector.From(peer.PodSelector);
        Text = $"{_namespace ?? "*"} {_namespaces} / {_pods}";
    }

    public string Text { get; }

    public bool Matches(PodView pod, IReadOnlyDictionary<string, string> namespaceLabels) =>
        (_namespace is null ? _namespaces.Matches(namespaceLabels) : _namespace == pod.Key.Namespace) && _pods.Matches(pod.Labels);
}
