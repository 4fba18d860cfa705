using System.Text;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;
using Sampan.Proxy.Rules;
using Sampan.Proxy.Tests.Fakes;

namespace Sampan.Proxy.Tests.Rules;

/// <summary>Random Services: the verdict of the tables equals that of the API's rules, and small steps end where one leap does.</summary>
public sealed class RulesetPropertyTests
{
    private readonly FakeNftables _nftables = new();

    public static MatrixTheoryData<int, string> Seeds => new(Enumerable.Range(0, 50), Enum.GetNames<IPFamily>());

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Apply_RandomServices_VerdictsEqualTheRulesOfTheApi(int seed, string family)
    {
        var world = new World(seed, Enum.Parse<IPFamily>(family));
        foreach (var options in new[] { world.Options, world.Settings[seed % world.Settings.Count] })
        {
            var services = Enumerable.Range(0, 6).Select(world.Service).ToList();
            await WriteSkeletonAsync(options);
            await ApplyAsync(Ruleset.Empty(options), [.. services.Select(s => Compile(options, s))]);
            Compare(seed, world, services, options);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Apply_RandomChanges_LeaveTheSameVerdictsAsAFullSync(int seed, string family)
    {
        var world = new World(seed, Enum.Parse<IPFamily>(family));
        var services = Enumerable.Range(0, 5).Select(world.Service).ToList();
        await WriteSkeletonAsync(world.Options);
        var ruleset = Ruleset.Empty(world.Options);
        foreach (int number in new[] { 0, 1, 2, 3, 4, 2, 0, 3, 2, 4, 1, 0 })
        {
            services[number] = world.Service(number);
            ruleset = await ApplyAsync(ruleset, [Compile(world.Options, services[number])]);
        }

        Compare(seed, world, services, world.Options);
        await ApplyAsync(ruleset, [.. services.Select(s => ServiceRules.None(s[0].Port.Service))]);
        Assert.All(Table(world.Options).Maps, map => Assert.Empty(map.Value));
    }

    private void Compare(
        int seed, World world, List<List<(ServicePortView Port, IReadOnlyList<EndpointView> Endpoints)>> services, CompileOptions options)
    {
        var evaluator = new PacketEvaluator(Table(options), options.NodeAddresses);
        var ports = services.SelectMany(s => s).ToList();
        var oracle = new Oracle(ports, options);
        foreach (var packet in world.Packets(ports.Select(p => p.Port)))
        {
            var expected = oracle.Judge(packet);
            var actual = evaluator.Evaluate(packet);
            Assert.True(expected == actual, $"seed {seed}: {packet}\nexpected {expected}\nactual   {actual}");
            if (expected.Kind == "dnat" && oracle.IsSticky(packet)) Assert.Single(evaluator.TargetsOfTheNext(packet));
        }
    }

    private FakeTable Table(CompileOptions options) => _nftables.Tables[$"{options.Families[0].Nft()} {Names.Table}"];

    private Task WriteSkeletonAsync(CompileOptions options)
    {
        var text = new StringBuilder();
        new Skeleton(new RuleTexts(options), "1").Write(text, options.Families[0]);
        return _nftables.ApplyAsync(text.ToString(), default);
    }

    private async Task<Ruleset> ApplyAsync(Ruleset ruleset, IReadOnlyCollection<ServiceRules> changes)
    {
        var (next, diff) = ruleset.Apply(changes);
        var text = new StringBuilder();
        NftWriter.Write(text, diff, Names.Table);
        await _nftables.ApplyAsync(text.ToString(), default);
        return next;
    }

    private static ServiceRules Compile(CompileOptions options, List<(ServicePortView Port, IReadOnlyList<EndpointView> Endpoints)> ports) =>
        new ServiceCompiler(options).Compile(ports[0].Port.Service, ports);
}
