using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// Gives pods that do not want the host's users 65536 users of their own, or as many as the configuration says, no two pods the
/// same, and keeps that in the pod's directory while it lives there. Upstream: pkg/kubelet/userns.
/// <code>
/// the second such pod: users 0 to 65535 inside are 131072 to 196607 on the host
/// </code>
/// </summary>
internal sealed class UserNamespaces(IContainerRuntime runtime, PodPaths paths, bool touchesHost, uint length = UserNamespaces.Usual)
{
    public const uint Usual = 65536;
    private const string FileName = "userns";
    private readonly ConcurrentDictionary<string, uint> _first = new(touchesHost ? Read(paths) : []);
    private readonly Lock _lock = new();
    private SubordinateIds? _range;

    /// <summary>Gives out only these; else all from the second part on.</summary>
    /// <exception cref="ConfigurationException">They are too few, or do not divide.</exception>
    public void Use(SubordinateIds range, int maxPods)
    {
        range.Check(length, maxPods);
        _range = range;
    }

    /// <exception cref="StartFailure">The runtime cannot do it.</exception>
    public async Task EnsureAsync(Pod pod, string handler, CancellationToken cancellationToken)
    {
        if (pod.Spec.HostUsers != false || _first.ContainsKey(pod.Metadata.Uid))
        {
            return;
        }

        var status = await runtime.StatusAsync(cancellationToken);
        if (status.RuntimeHandlers.FirstOrDefault(h => h.Name == handler)?.Features?.UserNamespaces != true)
        {
            throw new StartFailure("CreatePodSandboxError", handler.Length > 0
                ? $"can't set `spec.hostUsers: false`, RuntimeClass handler \"{handler}\" does not support user namespaces"
                : "can't set `spec.hostUsers: false`, runtime does not support user namespaces");
        }

        lock (_lock)
        {
            var taken = _first.Values.ToHashSet();
            var first = Enumerable.Range(0, (int)((_range?.Length ?? uint.MaxValue - length) / length))
                .Select(i => (_range?.First ?? length) + ((uint)i * length))
                .Where(start => !taken.Contains(start))
                .Select(start => (uint?)start)
                .FirstOrDefault() ?? throw new StartFailure("CreatePodSandboxError", "could not find an empty slot to allocate a user namespace");
            _first[pod.Metadata.Uid] = first;
            Write(pod.Metadata.Uid, first);
        }
    }

    /// <summary>For sandbox and containers; null where the pod uses the host's users.</summary>
    public Cri.UserNamespace? Of(string uid) => Mapping(uid) is { } mapping
        ? new Cri.UserNamespace { Mode = Cri.NamespaceMode.Pod, Uids = { mapping }, Gids = { mapping } }
        : null;

    /// <summary>Files of the host appear in the container as its own users'.</summary>
    public void Map(string uid, IEnumerable<Cri.Mount> mounts)
    {
        if (Mapping(uid) is not { } mapping)
        {
            return;
        }

        foreach (var mount in mounts)
        {
            mount.UidMappings.Add(mapping);
            mount.GidMappings.Add(mapping);
        }
    }

    public void Forget(string uid) => _first.TryRemove(uid, out _);

    private Cri.IDMapping? Mapping(string uid) => _first.TryGetValue(uid, out var first) ? new Cri.IDMapping { HostId = first, ContainerId = 0, Length = length } : null;

    private void Write(string uid, uint first)
    {
        if (touchesHost)
        {
            var mapping = new JsonArray(new JsonObject { ["hostId"] = first, ["containerId"] = 0, ["length"] = length });
            WholeFile.Write(Path.Combine(paths.Pod(uid), FileName), new JsonObject { ["uidMappings"] = mapping, ["gidMappings"] = mapping.DeepClone() }.ToJsonString());
        }
    }

    private static IEnumerable<KeyValuePair<string, uint>> Read(PodPaths paths) =>
        from directory in Directory.Exists(paths.Pods) ? Directory.GetDirectories(paths.Pods) : []
        let file = Path.Combine(directory, FileName)
        where File.Exists(file)
        let first = Parse(file)?["uidMappings"]?[0]?["hostId"]
        where first is not null
        select KeyValuePair.Create(Path.GetFileName(directory), uint.Parse(first.ToString(), CultureInfo.InvariantCulture));

    /// <exception cref="ConfigurationException">Nobody knows which users the pod has, so that another one could get the same.</exception>
    private static JsonNode? Parse(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file));
        }
        catch (JsonException e)
        {
            throw new ConfigurationException($"create user namespace manager: record pod mappings: invalid user namespace mappings file: {file}: {e.Message}");
        }
    }
}
