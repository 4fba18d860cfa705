using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Streaming;

namespace Sampan.ApiServer.Streaming;

/// <summary>Finds the kubelet of a node: its address and the way to it.</summary>
internal sealed class KubeletLocator(IObjectSource objects, KubeletClientOptions options)
{
    private const int DefaultPort = 10250;

    /// <exception cref="StatusException">The node does not exist or has no address.</exception>
    public KubeletLocation Locate(string nodeName)
    {
        var node = objects.Get<Node>(null, nodeName) ?? throw StatusException.NotFound(new GroupResource("", "nodes"), nodeName);
        var host = options.PreferredAddressTypes
            .Select(type => node.Status.Addresses.OrEmpty().FirstOrDefault(address => address.Type == type)?.Address)
            .FirstOrDefault(address => !string.IsNullOrEmpty(address))
            ?? throw StatusException.InternalError($"no preferred addresses found; known addresses: {node.Status.Addresses.OrEmpty().Count}");
        var port = node.Status.DaemonEndpoints?.KubeletEndpoint?.Port is > 0 and var known ? known : DefaultPort;
        return new(host, port);
    }

    public UpgradeTarget UpgradeTarget(KubeletLocation location) => new(
        IPAddress.TryParse(location.Host, out var address) ? new IPEndPoint(address, location.Port) : new DnsEndPoint(location.Host, location.Port),
        KubeletTls.Create(options, location.Host));

    /// <summary>A forwarder for plain requests; its connections are pooled over all kubelets.</summary>
    public HttpForwarder CreateForwarder() => new(KubeletTls.Create(options, ""));
}

/// <summary>Where a kubelet listens.</summary>
internal sealed record KubeletLocation(string Host, int Port)
{
    public Uri Url(string pathAndQuery) => new($"https://{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}{pathAndQuery}");
}
