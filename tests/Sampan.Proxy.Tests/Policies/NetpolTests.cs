using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Networking.V1;
using Sampan.Proxy.Model;
using Sampan.Proxy.Policies;
using Sampan.Proxy.Rules;
using Sampan.Proxy.Tests.Fakes;
using IPAddress = System.Net.IPAddress;

namespace Sampan.Proxy.Tests.Policies;

/// <summary>Upstream's end-to-end list of policies: every pair of nine pods in three namespaces, in both IP families.</summary>
public sealed class NetpolTests
{
    private const string Node = "node";
    private static readonly string[] Names = ["x/a", "x/b", "x/c", "y/a", "y/b", "y/c", "z/a", "z/b", "z/c"];
    private static readonly JsonObject Cases = (JsonObject)YamlTree.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Policies", "testdata", "netpol.yaml")))!;
    private readonly PolicyTables _tables = new([IPFamily.V4, IPFamily.V6]);
    private readonly FakeNftables _nftables = new();

    public static TheoryData<string> CaseNames => [.. Cases.Select(c => c.Key)];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public async Task Policies_OfUpstreamsList_AllowAndDenyAsItSays(string name)
    {
        var steps = Cases[name]!.AsArray();
        bool ofOneFamily = steps.ToJsonString().Contains("ipBlock", StringComparison.Ordinal);
        await StartAsync();
        foreach (var step in steps)
        {
            await ApplyAsync(Changes((JsonObject)step!));
            foreach (var family in ofOneFamily ? new[] { IPFamily.V4 } : [IPFamily.V4, IPFamily.V6]) Check((JsonObject)step!, family);
        }
    }

    private async Task StartAsync()
    {
        var text = new StringBuilder();
        foreach (var family in new[] { IPFamily.V4, IPFamily.V6 }) PolicySkeleton.Write(text, family, "marker");
        await _nftables.ApplyAsync(text.ToString(), default);
        var changes = new PolicyChanges();
        foreach (string ns in new[] { "x", "y", "z" }) changes.Namespaces[ns] = NamespaceLabels(ns, new() { ["ns"] = ns });
        foreach (string pod in Names) changes.Pods[Key(pod)] = View(pod, new() { ["pod"] = pod[2..] });
        await ApplyAsync(changes);
    }

    private static PolicyChanges Changes(JsonObject step)
    {
        var changes = new PolicyChanges();
        foreach (var (name, spec) in Fields(step, "policies")) changes.Policies[Key(name)] = spec is null ? null : new PolicyView(Policy(name, spec));
        foreach (var (name, labels) in Fields(step, "pods")) changes.Pods[Key(name)] = View(name, Labels(labels));
        foreach (var (name, labels) in Fields(step, "namespaces")) changes.Namespaces[name] = NamespaceLabels(name, Labels(labels));
        return changes;
    }

    private void Check(JsonObject step, IPFamily family)
    {
        int port = (int?)(long?)step["port"] ?? 80;
        var protocol = Enum.Parse<Protocol>((string?)step["protocol"] ?? "TCP", ignoreCase: true);
        var wrong = new List<string>();
        foreach (string from in Names)
        {
            foreach (string to in Names.Where(to => to != from))
            {
                bool expected = !Any(step, "denied", from, to) || Any(step, "but", from, to);
                var packet = new Packet(Address(from, family), Address(to, family), protocol, port);
                if (new PolicyWalk(_nftables.Tables, packet).Allowed() != expected) wrong.Add($"{from} > {to} over {family}: expected {(expected ? "allowed" : "denied")}");
            }
        }

        Assert.Empty(wrong);
    }

    private static bool Any(JsonObject step, string list, string from, string to) => step[list]?.AsArray().Any(pattern =>
        ((string)pattern!).Split(" > ") is [var source, var target] && Matches(source, from) && Matches(target, to)) == true;

    private static bool Matches(string pattern, string pod) =>
        pattern == "*" || (pattern.Split('/') is [var ns, var name] && (ns == "*" || ns == pod[..1]) && (name == "*" || name == pod[2..]));

    private async Task ApplyAsync(PolicyChanges changes)
    {
        var text = new StringBuilder();
        NftWriter.Write(text, _tables.Apply(changes), PolicyNames.Table);
        await _nftables.ApplyAsync(text.ToString(), default);
    }

    /// <summary>A policy as the API server would have stored it.</summary>
    private static NetworkPolicy Policy(string name, JsonNode spec)
    {
        var policy = new NetworkPolicy
        {
            Metadata = new ObjectMeta { Namespace = name[..1], Name = name[2..] },
            Spec = JsonCodec.Decode<NetworkPolicySpec>(JsonTree.Encode(spec)),
        };
        policy.Spec.PodSelector ??= new();
        policy.Spec.PolicyTypes ??= ["Ingress"];
        return policy;
    }

    private static PodView View(string name, Dictionary<string, string> labels) => PodView.Of(
        new Pod
        {
            Metadata = new ObjectMeta { Namespace = name[..1], Name = name[2..], Uid = name, Labels = labels },
            Spec = new PodSpec
            {
                NodeName = Node,
                Containers = [new Container { Name = "c", Ports = [.. from port in new[] { 80, 81 } from protocol in new[] { "TCP", "UDP", "SCTP" } select new ContainerPort
                {
                    Name = $"serve-{port}-{protocol.ToLowerInvariant()}", ContainerPortValue = port, Protocol = protocol,
                }] }],
            },
            Status = new PodStatus { Phase = "Running", PodIPs = [.. new[] { IPFamily.V4, IPFamily.V6 }.Select(f => new PodIP { Ip = Address(name, f).ToString() })] },
        },
        Node)!;

    /// <summary>x/b is 10.244.1.2 and fd00::1:2.</summary>
    private static IPAddress Address(string pod, IPFamily family)
    {
        int ns = pod[0] - 'x' + 1, number = pod[2] - 'a' + 1;
        return IPAddress.Parse(family == IPFamily.V4 ? string.Create(CultureInfo.InvariantCulture, $"10.244.{ns}.{number}") : $"fd00::{ns}:{number}");
    }

    private static Dictionary<string, string> NamespaceLabels(string ns, Dictionary<string, string> labels) => new(labels) { ["kubernetes.io/metadata.name"] = ns };

    private static Dictionary<string, string> Labels(JsonNode? labels) => labels!.AsObject().ToDictionary(l => l.Key, l => (string)l.Value!);

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Fields(JsonObject step, string name) => step[name]?.AsObject() ?? [];

    private static ObjectKey Key(string name) => new(name[..1], name[2..]);
}
