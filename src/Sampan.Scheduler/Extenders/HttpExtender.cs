using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Http;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Preemption;

namespace Sampan.Scheduler.Extenders;

/// <summary>
/// A process beside the scheduler, asked by HTTP POST at urlPrefix/verb. Names in answers may be written in any case, as
/// upstream takes them.
/// </summary>
internal sealed class HttpExtender : IExtender, IPreemptionExtender
{
    // An extender scores 0 … 10, plugins 0 … 100.
    private const long ScoreFactor = 10;

    private readonly ExtenderConfiguration _config;
    private readonly IApiTransport _transport;
    private readonly string _path;
    private readonly HashSet<string> _resources;

    public HttpExtender(ExtenderConfiguration config, IApiTransport? transport = null)
    {
        _config = config;
        _resources = [.. config.ManagedResources.Select(resource => resource.Name)];
        var url = new Uri(config.UrlPrefix);
        _path = url.AbsolutePath.TrimEnd('/');
        _transport = transport ?? new HttpTransport(ConfigOf(config, url), TimeProvider.System);
    }

    public string Name => _config.UrlPrefix;

    public bool IsBinder => _config.BindVerb.Length > 0;

    public bool CanPreempt => _config.PreemptVerb.Length > 0;

    /// <summary>What it looks after and the scheduler shall not check.</summary>
    public IEnumerable<string> IgnoredResources => _config.ManagedResources.Where(resource => resource.IgnoredByScheduler).Select(resource => resource.Name);

    public bool IsInterested(PodInfo pod) => _resources.Count == 0 || pod.Pod.Spec.Containers.Concat(pod.Pod.Spec.InitContainers.OrEmpty())
        .Any(c => c.Resources?.Requests?.Keys.Any(_resources.Contains) == true || c.Resources?.Limits?.Keys.Any(_resources.Contains) == true);

    public IReadOnlyList<NodeInfo> Filter(PodInfo pod, IReadOnlyList<NodeInfo> nodes, Diagnosis diagnosis)
    {
        if (_config.FilterVerb.Length == 0) return nodes;
        try
        {
            var answer = Post(_config.FilterVerb, Arguments(pod, nodes));
            if (Text(answer, "error") is { Length: > 0 } error) throw new ExtenderException($"extender {Name}: {error}");
            Refuse(answer, "failedNodes", nodes, diagnosis, static reason => PluginStatus.Unschedulable(reason));
            Refuse(answer, "failedAndUnresolvableNodes", nodes, diagnosis, static reason => PluginStatus.Unresolvable(reason));
            var left = NamesLeft(answer);
            return [.. nodes.Where(node => left.Contains(node.Name))];
        }
        catch (Exception e) when (_config.Ignorable && e is (ExtenderException or StatusException or ApiConnectionException))
        {
            return nodes;
        }
    }

    public void Prioritize(PodInfo pod, IReadOnlyList<NodeInfo> nodes, Span<long> totals)
    {
        if (_config.PrioritizeVerb.Length == 0) return;
        Dictionary<string, long> scores;
        try
        {
            scores = List(Post(_config.PrioritizeVerb, Arguments(pod, nodes))).ToDictionary(score => Text(score, "host") ?? "", score => Number(score, "score"));
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException or ExtenderException)
        {
            return;                         // without its scores the plugins' decide
        }
        for (var i = 0; i < nodes.Count; i++) totals[i] += scores.GetValueOrDefault(nodes[i].Name) * _config.Weight * ScoreFactor;
    }

    public IEnumerable<Candidate> Preempt(PodInfo pod, IReadOnlyList<Candidate> candidates)
    {
        try
        {
            var answer = Post(_config.PreemptVerb, Arguments(pod, candidates));
            var agreed = Get(answer, "nodeNameToMetaVictims") as JsonObject ?? [];
            return [.. candidates.Where(c => Get(agreed, c.Node.Name) is not null).Select(c => Agreed(c, Get(agreed, c.Node.Name)!)).OfType<Candidate>()];
        }
        catch (Exception e) when (_config.Ignorable && e is (ExtenderException or StatusException or ApiConnectionException))
        {
            return candidates;
        }
    }

    public async Task<bool> BindAsync(PodInfo pod, string node, CancellationToken ct)
    {
        try
        {
            var answer = await PostAsync(_config.BindVerb, new JsonObject
            {
                ["PodName"] = pod.Key.Name,
                ["PodNamespace"] = pod.Key.Namespace,
                ["PodUID"] = pod.Uid,
                ["Node"] = node,
            }, ct);
            return Text(answer, "error") is not { Length: > 0 } error ? true : throw new ExtenderException(error);
        }
        catch (Exception e) when (_config.Ignorable && e is (ExtenderException or StatusException or ApiConnectionException))
        {
            return false;
        }
    }

    private static ClientConfig ConfigOf(ExtenderConfiguration config, Uri url)
    {
        var tls = config.TlsConfig ?? new();
        var hasAuthority = tls.CaData is { Length: > 0 } || tls.CaFile.Length > 0;
        return new ClientConfig
        {
            Server = url.GetLeftPart(UriPartial.Authority),
            Timeout = config.HttpTimeout,
            InsecureSkipTlsVerify = tls.Insecure || (config.EnableHTTPS && !hasAuthority),
            TlsServerName = tls.ServerName.Length > 0 ? tls.ServerName : null,
            CertificateAuthorityData = Pem(tls.CaData),
            CertificateAuthorityFile = Path(tls.CaFile),
            ClientCertificateData = Pem(tls.CertData),
            ClientCertificateFile = Path(tls.CertFile),
            ClientKeyData = Pem(tls.KeyData),
            ClientKeyFile = Path(tls.KeyFile),
        };

        static string? Pem(byte[]? data) => data is { Length: > 0 } ? Encoding.UTF8.GetString(data) : null;
        static string? Path(string file) => file.Length > 0 ? file : null;
    }

    private JsonObject Arguments(PodInfo pod, IReadOnlyList<NodeInfo> nodes) => new()
    {
        ["Pod"] = Json(pod.Pod),
        ["Nodes"] = _config.NodeCacheCapable ? null : new JsonObject { ["items"] = new JsonArray([.. nodes.Select(node => Json(node.Node!))]) },
        ["NodeNames"] = _config.NodeCacheCapable ? new JsonArray([.. nodes.Select(node => JsonValue.Create(node.Name))]) : null,
    };

    private JsonObject Arguments(PodInfo pod, IReadOnlyList<Candidate> candidates)
    {
        var victims = new JsonObject();
        foreach (var candidate in candidates)
        {
            victims[candidate.Node.Name] = new JsonObject
            {
                ["Pods"] = new JsonArray([.. candidate.Victims.Select(victim => _config.NodeCacheCapable ? new JsonObject { ["UID"] = victim.Uid } : Json(victim.Pod))]),
                ["NumPDBViolations"] = candidate.Violations,
            };
        }
        return new JsonObject { ["Pod"] = Json(pod.Pod), [_config.NodeCacheCapable ? "NodeNameToMetaVictims" : "NodeNameToVictims"] = victims };
    }

    private Candidate? Agreed(Candidate candidate, JsonNode answer)
    {
        var there = candidate.Node.Pods.ToDictionary(p => p.Uid);
        var uids = List(Get(answer, "pods")).Select(victim => Text(victim, "uid") ?? "").Distinct().ToList();
        if (uids.Find(uid => !there.ContainsKey(uid)) is { } unknown) throw new ExtenderException($"extender: {Name} claims to preempt pod (UID: {unknown}) on node: {candidate.Node.Name}, but the pod is not found on that node");
        var victims = uids.Select(uid => there[uid]).OrderByDescending(p => p.Priority).ToList();
        if (victims.Count > 0) return new Candidate(candidate.Node, victims, Number(answer, "numPDBViolations"));
        return _config.Ignorable ? null : throw new ExtenderException($"expected at least one victim pod on node \"{candidate.Node.Name}\"");
    }

    private static void Refuse(JsonNode? answer, string field, IReadOnlyList<NodeInfo> nodes, Diagnosis diagnosis, Func<string, PluginStatus> status)
    {
        foreach (var (name, reason) in Get(answer, field) as JsonObject ?? [])
        {
            if (nodes.FirstOrDefault(node => node.Name == name) is { } node) diagnosis.Refused(node, "Extender", status(reason?.ToString() ?? ""));
        }
    }

    private static HashSet<string> NamesLeft(JsonNode? answer) => Get(answer, "nodeNames") is JsonArray names
        ? [.. names.Select(name => name!.ToString())]
        : [.. List(Get(Get(answer, "nodes"), "items")).Select(node => Text(Get(node, "metadata"), "name") ?? "")];

    // The scheduling loop waits: a decision needs the answer.
    private JsonNode? Post(string verb, JsonObject body) => PostAsync(verb, body, CancellationToken.None).GetAwaiter().GetResult();

    private async Task<JsonNode?> PostAsync(string verb, JsonObject body, CancellationToken ct)
    {
        var response = await _transport.SendAsync(new ApiRequest { Verb = ApiVerbs.Create, RawPath = $"{_path}/{verb}", Content = ApiContent.Of(body) }, ct).ConfigureAwait(false);
        try
        {
            return JsonNode.Parse(response.Body.Span);
        }
        catch (JsonException e)
        {
            throw new ExtenderException($"extender {Name} answered no JSON: {e.Message}");
        }
    }

    private static JsonNode Json<T>(T value) where T : IWireValue<T> => JsonNode.Parse(JsonCodec.Encode(value))!;

    private static JsonNode? Get(JsonNode? node, string name) =>
        node is JsonObject map ? map.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value : null;

    private static IEnumerable<JsonNode> List(JsonNode? node) => (node as JsonArray ?? []).OfType<JsonNode>();

    private static string? Text(JsonNode? node, string name) => Get(node, name)?.ToString();

    private static long Number(JsonNode? node, string name) => Get(node, name) is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;
}
