using System.Text;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;
using Sampan.Proxy.Rules;
using Sampan.Proxy.Tests.Fakes;

namespace Sampan.Proxy.Tests.Rules;

/// <summary>Random Services: the verdict of the tables equals that of the API's rules, and small steps end where one leap does.</summary>
public sealed class RulesetPropertyTests
{
    public static IEnumerable<TheoryDataRow<int>> Seeds => Enumerable.Range(0, 150).Select(s => new TheoryDataRow<int>(s));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Apply_RandomServices_VerdictsEqualTheRulesOfTheApi(int seed)
    {
        var world = new World(seed);
        var services = Enumerable.Range(0, 6).Select(world.Service).ToList();
        var nftables = new FakeNftables();
        await WriteAsync(World.Options, services, nftables);

        Compare(seed, world, services, nftables, World.Options);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Apply_PodsKnownByTheirInterface_VerdictsEqualTheRulesOfTheApi(int seed)
    {
        var world = new World(seed);
        var services = Enumerable.Range(0, 3).Select(world.Service).ToList();
        var nftables = new FakeNftables();
        await WriteAsync(World.ByInterface, services, nftables);

        Compare(seed, world, services, nftables, World.ByInterface);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Apply_RandomChanges_LeaveTheSameVerdictsAsAFullSync(int seed)
    {
        var world = new World(seed);
        var services = Enumerable.Range(0, 5).Select(world.Service).ToList();
        var nftables = new FakeNftables();
        await nftables.ApplyAsync(Skeleton(World.Options), default);
        var ruleset = Ruleset.Empty(World.Options);
        foreach (int number in new[] { 0, 1, 2, 3, 4, 2, 0, 3, 2, 4, 1, 0 })
        {
            services[number] = world.Service(number);
            (ruleset, var diff) = ruleset.Apply([Compile(World.Options, services[number])]);
            await nftables.ApplyAsync(Text(diff), default);
        }

        Compare(seed, world, services, nftables, World.Options);
        (_, var removal) = ruleset.Apply([.. services.Select(s => ServiceRules.None(s[0].Port.Service))]);
        await nftables.ApplyAsync(Text(removal), default);
        Assert.All(nftables.Tables["ip sampan-proxy"].Maps, map => Assert.Empty(map.Value));
    }

    private static void Compare(
        int seed, World world, List<List<(ServicePortView Port, IReadOnlyList<EndpointView> Endpoints)>> services, FakeNftables nftables,
        CompileOptions options)
    {
        var evaluator = new PacketEvaluator(nftables.Tables["ip sampan-proxy"], options.NodeAddresses);
        var ports = services.SelectMany(s => s).ToList();
        var oracle = new Oracle(ports, options);
        foreach (var packet in world.Packets(ports.Select(p => p.Port)))
        {
            var expected = oracle.Judge(packet);
            var actual = evaluator.Evaluate(packet);
            Assert.True(expected == actual, $"seed {seed}: {packet}\nexpected {expected}\nactual   {actual}");
        }
    }

    private static async Task WriteAsync(
        CompileOptions options, List<List<(ServicePortView Port, IReadOnlyList<EndpointView> Endpoints)>> services, FakeNftables nftables)
    {
        await nftables.ApplyAsync(Skeleton(options), default);
        var (_, diff) = Ruleset.Empty(options).Apply([.. services.Select(s => Compile(options, s))]);
        await nftables.ApplyAsync(Text(diff), default);
    }

    private static ServiceRules Compile(CompileOptions options, List<(ServicePortView Port, IReadOnlyList<EndpointView> Endpoints)> ports) =>
        new ServiceCompiler(options).Compile(ports[0].Port.Service, ports);

    private static string Skeleton(CompileOptions options)
    {
        var text = new StringBuilder();
        new Skeleton(new RuleTexts(options), "1").Write(text, IPFamily.V4);
        return text.ToString();
    }

    private static string Text(RuleDiff diff)
    {
        var text = new StringBuilder();
        NftWriter.Write(text, diff, Names.Table);
        return text.ToString();
    }
}
