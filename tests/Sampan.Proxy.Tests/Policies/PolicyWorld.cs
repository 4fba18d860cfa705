using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Networking.V1;
using IPAddress = System.Net.IPAddress;

namespace Sampan.Proxy.Tests.Policies;

/// <summary>Random namespaces, pods and policies, drawn from few labels, addresses and ports so that they meet.</summary>
internal sealed class PolicyWorld(int seed)
{
    public const string Node = "node-a";
    private static readonly string[] Apps = ["web", "db", "job"];
    private static readonly string[] Protocols = ["TCP", "UDP", "SCTP"];
    private readonly Random _random = new(seed);

    public Dictionary<ObjectKey, Pod> Pods { get; } = [];

    public Dictionary<string, Namespace> Namespaces { get; } = [];

    public Dictionary<ObjectKey, NetworkPolicy> Policies { get; } = [];

    public static IReadOnlyList<IPAddress> Outsiders { get; } =
        [IPAddress.Parse("203.0.113.7"), IPAddress.Parse("10.244.9.9"), IPAddress.Parse("2001:db8::7")];

    /// <summary>Adds a pod of this node that pods with <c>app: web</c> of its namespace may reach.</summary>
    public void AllowWeb(string ns)
    {
        Pods[new ObjectKey(ns, "guarded")] = new Pod
        {
            Metadata = new ObjectMeta { Namespace = ns, Name = "guarded", Uid = "guarded", Labels = new() { ["app"] = "guarded" } },
            Spec = new PodSpec { NodeName = Node },
            Status = new PodStatus { Phase = "Running", PodIPs = [new PodIP { Ip = "10.244.8.8" }] },
        };
        Policies[new ObjectKey(ns, "guard")] = new NetworkPolicy
        {
            Metadata = new ObjectMeta { Namespace = ns, Name = "guard" },
            Spec = new NetworkPolicySpec
            {
                PodSelector = new() { MatchLabels = new() { ["app"] = "guarded" } },
                PolicyTypes = ["Ingress"],
                Ingress = [new() { From = [new() { PodSelector = new() { MatchLabels = new() { ["app"] = "web" } } }] }],
            },
        };
    }

    /// <summary>Makes, changes or removes one object, and says which.</summary>
    public (string Kind, ObjectKey Key) Step()
    {
        string ns = NamespaceName();
        switch (_random.Next(6))
        {
            case 0:
                Namespaces[ns] = new Namespace { Metadata = new ObjectMeta { Name = ns, Labels = Labels("team") } };
                if (Chance(8)) Namespaces.Remove(ns);
                return ("namespace", new ObjectKey("", ns));
            case 1 or 2 or 3:
                var pod = Pod(ns);
                var podKey = new ObjectKey(ns, pod.Metadata.Name);
                if (Chance(5)) Pods.Remove(podKey);
                else Pods[podKey] = pod;
                return ("pod", podKey);
            default:
                var policy = Policy(ns);
                var key = new ObjectKey(ns, policy.Metadata.Name);
                if (Chance(4)) Policies.Remove(key);
                else Policies[key] = policy;
                return ("policy", key);
        }
    }

    private Pod Pod(string ns)
    {
        int number = _random.Next(4);
        string address = $"10.244.{ns[^1] - '0'}.{number + 2}";
        return new Pod
        {
            Metadata = new ObjectMeta { Namespace = ns, Name = $"pod-{number}", Uid = $"{ns}-{number}", Labels = Labels("app") },
            Spec = new PodSpec
            {
                NodeName = Chance(2) ? Node : "node-b",
                HostNetwork = Chance(10),
                Containers =
                [
                    new Container { Name = "c", Ports = [new ContainerPort { Name = Pick("http", "dns"), ContainerPortValue = Port(), Protocol = Pick(Protocols) }] },
                ],
            },
            Status = new PodStatus
            {
                Phase = Chance(8) ? "Succeeded" : "Running",
                PodIP = Chance(10) ? null : address,
                PodIPs = [new PodIP { Ip = address }, new PodIP { Ip = $"fd00::{ns[^1]}:{number + 2}" }],
            },
        };
    }

    private NetworkPolicy Policy(string ns) => new()
    {
        Metadata = new ObjectMeta { Namespace = ns, Name = $"policy-{_random.Next(3)}" },
        Spec = new NetworkPolicySpec
        {
            PodSelector = Selector("app"),
            PolicyTypes = Chance(3) ? ["Ingress"] : Chance(2) ? ["Egress"] : ["Ingress", "Egress"],
            Ingress = [.. Many(3, () => new NetworkPolicyIngressRule { From = Peers(), Ports = Ports() })],
            Egress = [.. Many(3, () => new NetworkPolicyEgressRule { To = Peers(), Ports = Ports() })],
        },
    };

    private List<NetworkPolicyPeer> Peers() => Chance(5) ? [] : [.. Many(3, () => _random.Next(4) switch
    {
        0 => new NetworkPolicyPeer { PodSelector = Selector("app") },
        1 => new NetworkPolicyPeer { NamespaceSelector = Selector("team") },
        2 => new NetworkPolicyPeer { NamespaceSelector = Selector("team"), PodSelector = Selector("app") },
        _ => new NetworkPolicyPeer { IpBlock = Block() },
    })];

    private IPBlock Block() => _random.Next(4) switch
    {
        0 => new IPBlock { Cidr = "0.0.0.0/0", Except = Chance(2) ? ["10.244.1.0/24", "10.244.1.3/32"] : null },
        1 => new IPBlock { Cidr = "10.244.0.0/16", Except = Chance(2) ? ["10.244.2.0/25"] : null },
        2 => new IPBlock { Cidr = "::/0", Except = Chance(2) ? ["fd00::1:0/112"] : null },
        _ => new IPBlock { Cidr = $"10.244.{_random.Next(3)}.3/32" },
    };

    private List<NetworkPolicyPort> Ports() => Chance(3) ? [] : [.. Many(3, () =>
    {
        string protocol = Pick(Protocols);
        return _random.Next(4) switch
        {
            0 => new NetworkPolicyPort { Protocol = protocol },
            1 => new NetworkPolicyPort { Protocol = protocol, Port = 80, EndPort = 443 },
            2 => new NetworkPolicyPort { Protocol = protocol, Port = Pick("http", "dns") },
            _ => new NetworkPolicyPort { Protocol = protocol, Port = Port() },
        };
    })];

    private LabelSelector Selector(string key) => _random.Next(6) switch
    {
        0 => new LabelSelector(),
        1 => new LabelSelector { MatchExpressions = [new LabelSelectorRequirement { Key = key, Operator = Pick("In", "NotIn"), Values = [Pick(Apps), Pick(Apps)] }] },
        2 => new LabelSelector { MatchExpressions = [new LabelSelectorRequirement { Key = key, Operator = Pick("Exists", "DoesNotExist") }] },
        _ => new LabelSelector { MatchLabels = new() { [key] = Pick(Apps) } },
    };

    private Dictionary<string, string> Labels(string key) => Chance(4) ? [] : new() { [key] = Pick(Apps) };

    private string NamespaceName() => $"ns-{_random.Next(3)}";

    private int Port() => Pick(80, 81, 443, 8080);

    private IEnumerable<T> Many<T>(int most, Func<T> make) => Enumerable.Range(0, _random.Next(most)).Select(_ => make()).ToList();

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;
}
