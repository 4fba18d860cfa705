using System.Text;
using System.Text.RegularExpressions;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Tests.Cases;

/// <summary>
/// One case file: the objects of a cluster, at most one KubeSchedulerConfiguration, the pod to schedule (the last one without
/// a node), and at the end what comes of it. Nodes have 4 CPUs, 8Gi and room for 110 pods when they don't say otherwise.
/// </summary>
internal sealed partial class SchedulingCase
{
    private const string ExpectKey = "expect:";

    private readonly List<Node> _nodes = [];

    private SchedulingCase(string plugin) => Plugin = plugin;

    /// <summary>The name of the case's folder: whose scores are shown.</summary>
    public string Plugin { get; }

    public SchedulerCache Cluster { get; } = new();

    public Profile Profile { get; private set; } = Profile.Default() with { PercentageOfNodesToScore = 100 };

    public PodInfo Pod { get; private set; } = null!;

    public IEnumerable<NodeInfo> Nodes => _nodes.Select(node => Cluster.Find(node.Metadata.Name!)!);

    public static (SchedulingCase Case, string Input, string Expected) Read(string path)
    {
        var text = File.ReadAllText(path);
        var end = text.IndexOf("\n---\n" + ExpectKey, StringComparison.Ordinal);
        var (input, expected) = end < 0 ? (text.TrimEnd() + "\n", "") : (text[..(end + 1)], text[(end + 5)..]);
        var result = new SchedulingCase(Path.GetFileName(Path.GetDirectoryName(path))!);
        foreach (var document in Separator().Split(input).Where(d => d.Split('\n').Any(line => line.Length > 0 && line[0] != '#'))) result.Add(document);
        return (result, input, expected);
    }

    [GeneratedRegex("^---$", RegexOptions.Multiline)]
    private static partial Regex Separator();

    private void Add(string document)
    {
        var yaml = Encoding.UTF8.GetBytes(document);
        var tree = System.Text.Json.Nodes.JsonNode.Parse(YamlTree.ToJson(yaml))!.AsObject();
        var (version, kind) = (tree["apiVersion"]?.ToString() ?? "v1", tree["kind"]!.ToString());
        if (kind == nameof(KubeSchedulerConfiguration))
        {
            Profile = ConfigurationReader.Read(yaml).ToOptions().Profiles[0];
            return;
        }
        var context = new JsonReadContext(FieldValidation.Strict);
        var obj = YamlCodec.Decode(Kinds.Find(version, kind) ?? throw new InvalidDataException($"{version} {kind} is not known"), yaml, context);
        Assert.Empty(context.StrictErrors);
        Add((IObject)obj);
    }

    private void Add(IObject obj)
    {
        switch (obj)
        {
            case Node node: AddNode(node); break;
            case Pod pod: AddPod(pod); break;
            case Namespace ns: Cluster.SetNamespace(ns.Metadata.Name!, ns.Metadata.Labels ?? []); break;
            case Service service: Cluster.Workloads.SetService(null, WithNamespace(service)); break;
            default: ClusterKinds.Add(Cluster, WithNamespace(obj)); break;
        }
    }

    private void AddNode(Node node)
    {
        (node.Metadata.Labels ??= []).TryAdd("kubernetes.io/hostname", node.Metadata.Name!);
        node.Status.Allocatable = Make.Node("").Status.Allocatable!.Concat(node.Status.Allocatable ?? [])
            .GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        _nodes.Add(node);
        Cluster.SetNode(node);
    }

    private void AddPod(Pod pod)
    {
        WithNamespace(pod);
        if (string.IsNullOrEmpty(pod.Metadata.Uid)) pod.Metadata.Uid = "uid-" + pod.Metadata.Name;
        if (pod.Spec.Containers.Count == 0) pod.Spec.Containers.Add(new Container { Name = "main" });
        if (string.IsNullOrEmpty(pod.Spec.SchedulerName)) pod.Spec.SchedulerName = Profile.DefaultSchedulerName;
        var info = new PodInfo(pod);
        if (!string.IsNullOrEmpty(pod.Spec.NodeName)) Cluster.SetPod(info);
        else if (pod.Status.NominatedNodeName is { Length: > 0 } nominated) Cluster.Nominate(info, nominated);
        if (string.IsNullOrEmpty(pod.Spec.NodeName)) Pod = info;
    }

    private static T WithNamespace<T>(T obj) where T : IObject
    {
        if (string.IsNullOrEmpty(obj.Metadata.Namespace)) obj.Metadata.Namespace = "default";
        return obj;
    }
}
