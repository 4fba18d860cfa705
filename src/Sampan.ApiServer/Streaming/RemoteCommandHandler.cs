using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Streaming;

namespace Sampan.ApiServer.Streaming;

/// <summary>pods/exec and pods/attach.</summary>
/// <param name="objects">Where pods are found.</param>
/// <param name="kubelets">Where kubelets are found.</param>
/// <param name="verb">"exec" or "attach", also the kubelet's path.</param>
internal sealed class RemoteCommandHandler(IObjectSource objects, KubeletLocator kubelets, string verb) : PodStreamHandler(objects, kubelets)
{
    protected override void Check(IQueryCollection query, Pod pod) => PodContainers.Choose(pod, query["container"]);

    protected override Task JoinAsync(HttpContext context, Pod pod, UpgradeTarget target, CancellationToken ct)
    {
        var query = context.Request.Query;
        var streams = new RemoteCommandStreams(query.Flag("stdin"), query.Flag("stdout"), query.Flag("stderr"), query.Flag("tty"));
        Check(streams, query["command"].Count);
        var path = KubeletPath(verb, pod, PodContainers.Choose(pod, query["container"])) + KubeletQuery(streams, query);
        return WebSocketUpgrade.IsWebSocketRequest(context) && WebSocketUpgrade.Negotiate(context, RemoteCommandTranslator.WebSocketProtocol) is not null
            ? RemoteCommandTranslator.RunAsync(context, target, path, streams, ct)
            : UpgradeProxy.RunAsync(context, target, path, ct);
    }

    private void Check(RemoteCommandStreams streams, int commandLength)
    {
        if (verb == "exec" && commandLength == 0) throw StatusException.BadRequest("you must specify at least 1 command for the container");
        if (!streams.Stdin && !streams.Stdout && !streams.Stderr) throw StatusException.BadRequest("you must specify at least 1 of stdin, stdout, stderr");
    }

    // The kubelet has its own words for the streams.
    private static string KubeletQuery(RemoteCommandStreams streams, IQueryCollection query)
    {
        var kubelet = new QueryBuilder();
        if (streams.Stdin) kubelet.Add("input", "1");
        if (streams.Stdout) kubelet.Add("output", "1");
        if (streams.Stderr) kubelet.Add("error", "1");
        if (streams.Tty) kubelet.Add("tty", "1");
        foreach (var word in query["command"]) kubelet.Add("command", word ?? "");
        return kubelet.ToString();
    }
}
