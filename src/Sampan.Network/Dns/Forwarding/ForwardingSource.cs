using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Informers;

namespace Sampan.Network.Dns.Forwarding;

/// <summary>Keeps the forwarder's rules equal to the ConfigMap <c>kube-system/kube-dns</c>. What cannot be read changes nothing.</summary>
internal sealed class ForwardingSource(InformerFactory informers, Forwarder forwarder, ILogger log) : IDisposable
{
    private const string Namespace = "kube-system", Name = "kube-dns";
    private readonly Informer<ConfigMap> _maps = informers.For<ConfigMap>(Namespace, $"metadata.name={Name}");
    private IDisposable? _subscription;

    public void Follow() => _subscription = _maps.Subscribe((_, current) =>
    {
        try
        {
            forwarder.Use(current is null ? ForwardRules.None : ForwardRules.Read(current.Data.OrEmpty()));
            log.LogInformation("DNS forwards as the ConfigMap {Namespace}/{Name} says", Namespace, Name);
        }
        catch (FormatException e)
        {
            log.LogWarning("The ConfigMap {Namespace}/{Name} is not used: {Problem}", Namespace, Name, e.Message);
        }
    });

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _maps.WaitForSyncAsync(cancellationToken);

    public void Dispose() => _subscription?.Dispose();
}
