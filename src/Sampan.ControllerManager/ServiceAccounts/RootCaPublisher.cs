using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.ServiceAccounts;

/// <summary>Puts the API server's CA into the ConfigMap <c>kube-root-ca.crt</c> of every namespace, where pods mount it from.</summary>
internal sealed class RootCaPublisher : Controller
{
    private const string MapName = "kube-root-ca.crt";
    private const string DescriptionAnnotation = "kubernetes.io/description";
    private const string Description = "CA bundle that verifies this cluster's API server from inside the cluster; use it for nothing else.";
    private readonly Informer<Namespace> _namespaces;
    private readonly Informer<ConfigMap> _maps;
    private readonly OwnWrites<ConfigMap> _writes;
    private readonly ChangingText _rootCa;
    private readonly PublisherMetrics _metrics;

    public RootCaPublisher(ControllerContext context, Func<string> rootCa)
        : base("root-ca-certificate-publisher-controller", context, workers: 1)
    {
        _rootCa = new ChangingText(rootCa);
        _metrics = new PublisherMetrics(context.Metrics, "root_ca_cert_publisher", context.Time);
        _namespaces = Watch<Namespace>(n => [KeyOf(n)]);
        _maps = Watch(context.Informers.For<ConfigMap>(fieldSelector: $"metadata.name={MapName}"), m =>
            m.Metadata.Name == MapName ? [new ObjectKey("", m.Metadata.Namespace)] : []);
        _writes = Writes(_maps);
        LookEvery(ChangingText.Period, PublishAnew);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (!NamespaceStates.IsActive(_namespaces.Get(key))) return ReconcileResult.Done;
        var known = _maps.Get(key.Name, MapName);
        if (known?.Data is { Count: 1 } data && data.GetValueOrDefault("ca.crt") == _rootCa.Current && IsDescribed(known)) return ReconcileResult.Done;
        var began = Time.GetTimestamp();
        try
        {
            if (known is null) await _writes.CreateAsync(Fill(new ConfigMap(), key.Name), cancellationToken);
            else await _writes.UpdateAsync(Fill(known.DeepClone(), key.Name), cancellationToken);
            _metrics.Synced(began, 200);
        }
        catch (StatusException e)
        {
            _metrics.Synced(began, e.Code);
            if (!e.IsAlreadyExists && !e.HasCause("NamespaceTerminating")) throw;
        }

        return ReconcileResult.Done;
    }

    private void PublishAnew()
    {
        if (!_rootCa.HasChanged()) return;
        foreach (var ns in _namespaces.List()) Queue.Add(KeyOf(ns));
    }

    private static bool IsDescribed(ConfigMap map) => !string.IsNullOrEmpty(map.Metadata.Annotations?.GetValueOrDefault(DescriptionAnnotation));

    private ConfigMap Fill(ConfigMap map, string ns)
    {
        map.Metadata.Namespace = ns;
        map.Metadata.Name = MapName;
        (map.Metadata.Annotations ??= [])[DescriptionAnnotation] = Description;
        map.Data = new() { ["ca.crt"] = _rootCa.Current };
        return map;
    }
}
