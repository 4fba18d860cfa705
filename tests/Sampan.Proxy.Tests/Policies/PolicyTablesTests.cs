using System.Net;
using System.Text;
using Sampan.Api;
using Sampan.Api.Networking.V1;
using Sampan.Proxy.Model;
using Sampan.Proxy.Policies;
using Sampan.Proxy.Rules;
using Sampan.Proxy.Tests.Fakes;
using IPAddress = System.Net.IPAddress;

namespace Sampan.Proxy.Tests.Policies;

/// <summary>Random policies: the verdict of the tables equals that of the API's rules, after every step.</summary>
public sealed class PolicyTablesTests
{
    private static readonly IPFamily[] Families = [IPFamily.V4, IPFamily.V6];
    private static readonly int[] Ports = [80, 81, 443, 444, 8080];

    public static IEnumerable<TheoryDataRow<int>> Seeds => Enumerable.Range(0, 30).Select(s => new TheoryDataRow<int>(s));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Apply_RandomChanges_VerdictsEqualTheRulesOfTheApi(int seed)
    {
        var world = new PolicyWorld(seed);
        var nftables = await EmptyAsync();
        var tables = new PolicyTables(Families);
        for (int step = 0; step < 120; step++)
        {
            var changes = new PolicyChanges();
            for (int i = 0; i <= step % 3; i++) Note(changes, world, world.Step());
            await ApplyAsync(nftables, tables.Apply(changes));
            if (step % 10 == 9) Compare(seed, world, nftables);
        }

        await RemoveAllAsync(world, tables, nftables);
        foreach (var table in nftables.Tables.Values)
        {
            Assert.All(table.Maps, map => Assert.Empty(map.Value));
            Assert.Equal(5, table.Chains.Count);
            Assert.Equal(3, table.Maps.Count);
        }
    }

    [Fact]
    public void Apply_PeerComes_ChangesOneElement()
    {
        var world = new PolicyWorld(1);
        for (int i = 0; i < 80; i++) world.Step();
        world.AllowWeb("ns-1");
        var tables = new PolicyTables([IPFamily.V4]);
        tables.Apply(Everything(world));
        var key = new ObjectKey("ns-1", "newcomer");
        var labels = new Dictionary<string, string> { ["app"] = "web" };
        var pod = new PodView(key, labels, false) { Addresses = [IPAddress.Parse("10.244.7.7")], Age = "" };
        var diff = tables.Apply(new PolicyChanges { Pods = { [key] = pod } });
        Assert.Empty(diff.NewChains.Concat(diff.RewrittenChains));
        Assert.Empty(diff.RemovedElements);
        Assert.NotEmpty(diff.AddedElements);
        Assert.All(diff.AddedElements, e => Assert.Equal("10.244.7.7", e.Key));
    }

    /// <summary>What the random policies are to cover is really among them.</summary>
    [Fact]
    public void Worlds_OfSomeSeeds_HoldEveryWish()
    {
        var worlds = Enumerable.Range(0, 10).Select(seed => new PolicyWorld(seed)).ToList();
        var specs = new List<NetworkPolicySpec>();
        foreach (var world in worlds)
        {
            for (int step = 0; step < 120; step++) world.Step();
            specs.AddRange(world.Policies.Values.Select(p => p.Spec));
        }

        var peers = specs.SelectMany(s => s.Ingress!.SelectMany(r => r.From!).Concat(s.Egress!.SelectMany(r => r.To!))).ToList();
        var ports = specs.SelectMany(s => s.Ingress!.SelectMany(r => r.Ports!).Concat(s.Egress!.SelectMany(r => r.Ports!))).ToList();
        Assert.Contains(specs, s => s.PolicyTypes is ["Ingress", "Egress"]);
        Assert.Contains(specs, s => s.PolicyTypes is ["Ingress"] && s.Ingress!.Count == 0);
        Assert.Contains(peers, p => p is { NamespaceSelector: not null, PodSelector: not null });
        Assert.Contains(peers, p => p is { NamespaceSelector: not null, PodSelector: null });
        Assert.Contains(peers, p => p is { NamespaceSelector: null, PodSelector: not null });
        Assert.Contains(peers, p => p.IpBlock is { Except: not null } block && block.Cidr.Contains(':'));
        Assert.Contains(peers, p => p.IpBlock is { Except: not null } block && block.Cidr.Contains('.'));
        Assert.Contains(ports, p => p.EndPort is not null);
        Assert.Contains(ports, p => p.Port is { IsString: true });
        Assert.Contains(ports, p => p.Port is null);
    }

    private static void Compare(int seed, PolicyWorld world, FakeNftables nftables)
    {
        var oracle = new PolicyOracle(world);
        var addresses = world.Pods.Values.SelectMany(p => p.Status!.PodIPs!).Select(p => IPAddress.Parse(p.Ip!)).Concat(PolicyWorld.Outsiders).ToList();
        foreach (var packet in from source in addresses
                               from destination in addresses
                               where source.AddressFamily == destination.AddressFamily
                               from protocol in Enum.GetValues<Protocol>()
                               from port in Ports
                               select new Packet(source, destination, protocol, port))
        {
            bool expected = oracle.Allows(packet);
            bool actual = new PolicyWalk(nftables.Tables, packet).Allowed();
            Assert.True(expected == actual, $"seed {seed}: {packet}: expected {expected}, actual {actual}");
        }
    }

    private static void Note(PolicyChanges changes, PolicyWorld world, (string Kind, ObjectKey Key) step)
    {
        switch (step.Kind)
        {
            case "namespace":
                changes.Namespaces[step.Key.Name] = world.Namespaces.GetValueOrDefault(step.Key.Name)?.Metadata.Labels;
                break;
            case "pod":
                changes.Pods[step.Key] = world.Pods.TryGetValue(step.Key, out var pod) ? PodView.Of(pod, PolicyWorld.Node) : null;
                break;
            default:
                changes.Policies[step.Key] = world.Policies.TryGetValue(step.Key, out var policy) ? new PolicyView(policy) : null;
                break;
        }
    }

    private static PolicyChanges Everything(PolicyWorld world)
    {
        var changes = new PolicyChanges();
        foreach (string ns in world.Namespaces.Keys) Note(changes, world, ("namespace", new ObjectKey("", ns)));
        foreach (var key in world.Pods.Keys) Note(changes, world, ("pod", key));
        foreach (var key in world.Policies.Keys) Note(changes, world, ("policy", key));
        return changes;
    }

    private static async Task RemoveAllAsync(PolicyWorld world, PolicyTables tables, FakeNftables nftables)
    {
        var gone = new PolicyChanges();
        foreach (var key in world.Policies.Keys) gone.Policies[key] = null;
        foreach (var key in world.Pods.Keys) gone.Pods[key] = null;
        await ApplyAsync(nftables, tables.Apply(gone));
    }

    private static async Task<FakeNftables> EmptyAsync()
    {
        var nftables = new FakeNftables();
        var text = new StringBuilder();
        foreach (var family in Families) PolicySkeleton.Write(text, family, "marker");
        await nftables.ApplyAsync(text.ToString(), default);
        return nftables;
    }

    private static Task ApplyAsync(FakeNftables nftables, RuleDiff diff)
    {
        var text = new StringBuilder();
        NftWriter.Write(text, diff, PolicyNames.Table);
        return nftables.ApplyAsync(text.ToString(), default);
    }
}
