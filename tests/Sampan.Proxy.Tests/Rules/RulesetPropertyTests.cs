using System.Text;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;
using Sampan.Proxy.Rules;
using Sampan.Proxy.Sync;
using Sampan.Proxy.Tests.Fakes;

namespace Sampan.Proxy.Tests.Rules;

/// <summary>Random Services: the verdict of the tables equals that of the API's rules, at every step and between two of them.</summary>
public sealed class RulesetPropertyTests
{
    private readonly FakeNftables _nftables = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    public static TheoryData<int> FewSeeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Apply_RandomServices_VerdictsEqualTheRulesOfTheApi(int seed)
    {
        var world = new World(seed);
        foreach (var options in new[] { World.Options, World.Settings[seed % World.Settings.Count] })
        {
            var offers = Enumerable.Range(0, 6).Select(world.Service).ToList();
            await WriteSkeletonAsync(options);
            await ApplyAsync(Ruleset.Empty(options), [.. offers.Select(o => Compile(options, o))]);
            Compare(seed, offers, options);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Apply_RandomChanges_LeaveTheSameVerdictsAsAFullSync(int seed)
    {
        var world = new World(seed);
        var offers = Enumerable.Range(0, 5).Select(world.Service).ToList();
        await WriteSkeletonAsync(World.Options);
        var ruleset = Ruleset.Empty(World.Options);
        foreach (int number in new[] { 0, 1, 2, 3, 4, 2, 0, 3, 2, 4, 1, 0 })
        {
            offers[number] = number % 2 == 0 ? world.WithOtherEndpoints(number, offers[number]) : world.Service(number);
            ruleset = await ApplyAsync(ruleset, [Compile(World.Options, offers[number])]);
        }

        Compare(seed, offers, World.Options);
        ruleset = await ApplyAsync(ruleset, [.. offers.Select(o => ServiceRules.None(KeyOf(o)))]);
        ruleset = await ApplyAsync(ruleset, []);
        Assert.False(ruleset.HasLeftovers);
        foreach (var family in World.Options.Families) Assert.All(Table(family).Maps, map => Assert.Empty(map.Value));
    }

    /// <summary>Whoever finds endpoints before a change and after it finds one while it happens.</summary>
    [Theory]
    [MemberData(nameof(FewSeeds))]
    public async Task Apply_RandomChanges_LoseNoConnectionOnItsWay(int seed)
    {
        var world = new World(seed);
        await WriteSkeletonAsync(World.Options);
        var ruleset = Ruleset.Empty(World.Options);
        var offer = world.Service(0);
        for (int step = 0; step < 12; step++)
        {
            List<Dictionary<string, FakeTable>> moments = [_nftables.Tables];
            ruleset = await ApplyAsync(ruleset, [Compile(World.Options, offer)], () => moments.Add(_nftables.Tables));
            foreach (var packet in World.Packets(offer)) CheckWay(seed, packet, [.. moments.Select(tables => TableOf(tables, IPFamilies.Of(packet.Destination)))]);
            offer = step % 4 == 3 ? world.Service(0) : world.WithOtherEndpoints(0, offer);
        }
    }

    /// <summary>What the random Services are to cover is really among them.</summary>
    [Fact]
    public void Worlds_OfAllSeeds_HoldEveryWish()
    {
        var offers = Seeds.SelectMany(row => Enumerable.Range(0, 6).Select(new World(row.Data).Service)).ToList();
        Dictionary<string, Func<Offer, bool>> wishes = new()
        {
            ["both families"] = o => o.Service.Spec.ClusterIPs?.Count == 2,
            ["UDP"] = o => o.Service.Spec.Ports!.Exists(p => p.Protocol == "UDP"),
            ["SCTP"] = o => o.Service.Spec.Ports!.Exists(p => p.Protocol == "SCTP"),
            ["node port"] = o => o.Service.Spec.Ports!.Exists(p => p.NodePort > 0),
            ["external addresses"] = o => o.Service.Spec.ExternalIPs is not null,
            ["balancer's address"] = o => o.Service.Status?.LoadBalancer?.Ingress?.Exists(i => i.IpMode == "VIP") == true,
            ["balancer that is a proxy"] = o => o.Service.Status?.LoadBalancer?.Ingress?.Exists(i => i.IpMode == "Proxy") == true,
            ["source ranges"] = o => o.Service.Spec is { Type: "LoadBalancer", LoadBalancerSourceRanges.Count: > 0 },
            ["internal policy Local"] = o => o.Service.Spec.InternalTrafficPolicy == "Local",
            ["external policy Local"] = o => o.Service.Spec is { Type: not "ClusterIP", ExternalTrafficPolicy: "Local" },
            ["affinity with a time-out"] = o => o.Service.Spec.SessionAffinityConfig is not null,
            ["headless"] = o => o.Service.Spec.ClusterIP == "None",
            ["ExternalName"] = o => o.Service.Spec.Type == "ExternalName",
            ["another's"] = o => o.Service.Metadata.Labels is not null,
            ["hints for nodes"] = o => o.Slices.Any(s => s.Endpoints!.Exists(e => e.Hints?.ForNodes is not null)),
            ["hints for zones"] = o => o.Slices.Any(s => s.Endpoints!.Exists(e => e.Hints?.ForZones is not null)),
            ["serves while it terminates"] = o => o.Slices.Any(s => s.Endpoints!.Exists(e => e.Conditions is { Serving: true, Terminating: true })),
            ["nobody ready"] = o => o.Slices.All(s => !s.Endpoints!.Exists(e => e.Conditions?.Ready != false)),
            ["several slices"] = o => o.Slices.Count(s => s.AddressType == "IPv6" && s.Endpoints!.Count > 0) == 2,
        };
        Assert.All(wishes, wish => Assert.True(offers.Exists(o => wish.Value(o)), wish.Key));
    }

    private static void CheckWay(int seed, Packet packet, List<FakeTable> moments)
    {
        PacketVerdict At(FakeTable table) => new PacketEvaluator(table, World.Options.NodeAddresses).Evaluate(packet);
        var (before, after) = (At(moments[0]), At(moments[^1]));
        if (before.Kind != "dnat" || after.Kind != "dnat") return;
        string[] targets = [.. before.Targets.Split(' '), .. after.Targets.Split(' ')];
        foreach (var (now, next) in moments.Zip(moments.Skip(1)))
        {
            foreach (var verdict in new PacketEvaluator(now, World.Options.NodeAddresses).EvaluateDuring(next, packet))
                Assert.True(verdict.Kind == "dnat" && targets.Contains(verdict.Targets), $"seed {seed}: {packet}: {verdict} between {before} and {after}");
        }
    }

    private void Compare(int seed, IReadOnlyList<Offer> offers, CompileOptions options)
    {
        var oracle = new Oracle(offers, options);
        foreach (var packet in offers.SelectMany(World.Packets))
        {
            var evaluator = new PacketEvaluator(Table(IPFamilies.Of(packet.Destination)), options.NodeAddresses);
            var expected = oracle.Judge(packet);
            var actual = evaluator.Evaluate(packet);
            Assert.True(expected == actual, $"seed {seed}: {packet}\nexpected {expected}\nactual   {actual}");
            if (expected.Kind == "dnat" && oracle.IsSticky(packet)) Assert.Single(evaluator.TargetsOfTheNext(packet));
        }
    }

    private FakeTable Table(IPFamily family) => TableOf(_nftables.Tables, family);

    private static FakeTable TableOf(Dictionary<string, FakeTable> tables, IPFamily family) => tables[$"{family.Nft()} {Names.Table}"];

    private async Task WriteSkeletonAsync(CompileOptions options)
    {
        var text = new StringBuilder();
        var skeleton = new Skeleton(new RuleTexts(options), "1");
        foreach (var family in options.Families) skeleton.Write(text, family);
        foreach (var family in options.Families) skeleton.WriteRefusal(text, family);
        await _nftables.ApplyAsync(text.ToString(), default);
    }

    private async Task<Ruleset> ApplyAsync(Ruleset ruleset, IReadOnlyCollection<ServiceRules> changes, Action? afterStep = null)
    {
        var (next, diff) = ruleset.Apply(changes);
        foreach (string step in NftWriter.Steps(diff, Names.Table))
        {
            await _nftables.ApplyAsync(step, default);
            afterStep?.Invoke();
        }

        return next;
    }

    private static ServiceKey KeyOf(Offer offer) => new(offer.Service.Metadata.Namespace, offer.Service.Metadata.Name);

    private static ServiceRules Compile(CompileOptions options, Offer offer) => ServiceSource.Compile(offer.Service, offer.Slices, options);
}
