using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

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
    private readonly string _rootCa;

    public RootCaPublisher(ControllerContext context, string rootCa)
        : base("root-ca-certificate-publisher-controller", context, workers: 1)
    {
        _rootCa = rootCa;
        _namespaces = Watch<Namespace>(n => [KeyOf(n)]);
        _maps = Watch(context.Informers.For<ConfigMap>(fieldSelector: $"metadata.name={MapName}"), m =>
            m.Metadata.Name == MapName ? [new ObjectKey("", m.Metadata.Namespace)] : []);
        _writes = Writes(_maps);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (!NamespaceStates.IsActive(_namespaces.Get(key))) return ReconcileResult.Done;
        var known = _maps.Get(key.Name, MapName);
        if (known?.Data is { Count: 1 } data && data.GetValueOrDefault("ca.crt") == _rootCa) return ReconcileResult.Done;
        try
        {
            if (known is null) await _writes.CreateAsync(Fill(new ConfigMap(), key.Name), cancellationToken);
            else await _writes.UpdateAsync(Fill(known.DeepClone(), key.Name), cancellationToken);
        }
        catch (StatusException e) when (e.IsAlreadyExists || e.HasCause("NamespaceTerminating"))
        {
        }

        return ReconcileResult.Done;
    }

    private ConfigMap Fill(ConfigMap map, string ns)
    {
        map.Metadata.Namespace = ns;
        map.Metadata.Name = MapName;
        (map.Metadata.Annotations ??= [])[DescriptionAnnotation] = Description;
        map.Data = new() { ["ca.crt"] = _rootCa };
        return map;
    }
}
