using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Networking.V1;
using Sampan.Client.Informers;
using Sampan.Proxy.Sync;

namespace Sampan.Proxy.Policies;

/// <summary>Reads pods, namespaces and policies from informers, and says which of them changed in what matters.</summary>
internal sealed class PolicySource(InformerFactory informers, string nodeName) : IDisposable
{
    private readonly Informer<Pod> _pods = informers.For<Pod>();
    private readonly Informer<Namespace> _namespaces = informers.For<Namespace>();
    private readonly Informer<NetworkPolicy> _policies = informers.For<NetworkPolicy>();
    private readonly List<IDisposable> _subscriptions = [];

    public void Follow(DirtyKeys<PolicyKey> dirty)
    {
        _subscriptions.Add(_pods.Subscribe((old, current) =>
        {
            if (!PodView.Same(View(old), View(current))) dirty.Mark(new(PolicyKind.Pod, KeyOf((current ?? old)!)));
        }));
        _subscriptions.Add(_namespaces.Subscribe((old, current) =>
        {
            if (old is null || current is null || !PodView.SameLabels(old.Metadata.Labels.OrEmpty(), current.Metadata.Labels.OrEmpty()))
                dirty.Mark(new(PolicyKind.Namespace, KeyOf((current ?? old)!)));
        }));
        _subscriptions.Add(_policies.Subscribe((old, current) => dirty.Mark(new(PolicyKind.Policy, KeyOf((current ?? old)!)))));
    }

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => Task.WhenAll(
        _pods.WaitForSyncAsync(cancellationToken),
        _namespaces.WaitForSyncAsync(cancellationToken),
        _policies.WaitForSyncAsync(cancellationToken));

    public PolicyChanges Everything()
    {
        var changes = new PolicyChanges();
        foreach (var pod in _pods.List()) changes.Pods[KeyOf(pod)] = View(pod);
        foreach (var ns in _namespaces.List()) changes.Namespaces[ns.Metadata.Name] = ns.Metadata.Labels.OrEmpty();
        foreach (var policy in _policies.List()) changes.Policies[KeyOf(policy)] = new PolicyView(policy);
        return changes;
    }

    public PolicyChanges Changes(IEnumerable<PolicyKey> keys)
    {
        var changes = new PolicyChanges();
        foreach (var (kind, key) in keys)
        {
            switch (kind)
            {
                case PolicyKind.Pod:
                    changes.Pods[key] = View(_pods.Get(key));
                    break;
                case PolicyKind.Namespace:
                    changes.Namespaces[key.Name] = _namespaces.Get(key)?.Metadata.Labels.OrEmpty();
                    break;
                default:
                    changes.Policies[key] = _policies.Get(key) is { } policy ? new PolicyView(policy) : null;
                    break;
            }
        }

        return changes;
    }

    public void Dispose() => _subscriptions.ForEach(s => s.Dispose());

    private PodView? View(Pod? pod) => pod is null ? null : PodView.Of(pod, nodeName);

    private static ObjectKey KeyOf(IObject obj) => new(obj.Metadata.Namespace, obj.Metadata.Name);
}
