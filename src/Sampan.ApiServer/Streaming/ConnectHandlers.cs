using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Streaming;

/// <summary>The connect subresources of the core group, ready to be hung onto their kinds.</summary>
internal sealed class ConnectHandlers : IDisposable
{
    private static readonly string[] Streams = ["GET", "POST"];
    private static readonly string[] All = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    private readonly PodLogHandler _log;
    private readonly ProxyHandler _proxy;

    public ConnectHandlers(IObjectSource objects, KubeletClientOptions options)
    {
        var kubelets = new KubeletLocator(objects, options);
        _log = new PodLogHandler(objects, kubelets);
        _proxy = new ProxyHandler(new ProxyLocator(objects, kubelets, options.ProxiesToLoopback), kubelets);
        Pods = new Dictionary<string, Subresource>
        {
            ["exec"] = new ConnectSubresource(new RemoteCommandHandler(objects, kubelets, "exec"), Streams),
            ["attach"] = new ConnectSubresource(new RemoteCommandHandler(objects, kubelets, "attach"), Streams),
            ["portforward"] = new ConnectSubresource(new PortForwardHandler(objects, kubelets), Streams),
            ["log"] = new ConnectSubresource(_log, ["GET"]),
            ["proxy"] = new ConnectSubresource(_proxy, All),
        };
        Proxied = new Dictionary<string, Subresource> { ["proxy"] = new ConnectSubresource(_proxy, All) };
    }

    /// <summary>For pods.</summary>
    public IReadOnlyDictionary<string, Subresource> Pods { get; }

    /// <summary>For services and nodes.</summary>
    public IReadOnlyDictionary<string, Subresource> Proxied { get; }

    public void Dispose()
    {
        _log.Dispose();
        _proxy.Dispose();
    }
}
