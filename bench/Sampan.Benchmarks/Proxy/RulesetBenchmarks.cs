using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;
using Sampan.Proxy.Rules;

namespace Sampan.Benchmarks.Proxy;

/// <summary>Compiling rules and writing them as nftables commands, for 1,000 and 10,000 Services of ten endpoints each.</summary>
public class RulesetBenchmarks
{
    private static readonly CompileOptions Options = new()
    {
        NodeName = "node", PodCidrs = [IPNetwork.Parse("10.244.0.0/16")], Families = [IPFamily.V4],
    };

    private readonly ServiceCompiler _compiler = new(Options);
    private Ruleset _ruleset = Ruleset.Empty(Options);

    [Params(1_000, 10_000)]
    public int Services { get; set; }

    [GlobalSetup]
    public void Setup() => _ruleset = Ruleset.Empty(Options).Apply([.. Enumerable.Range(0, Services).Select(i => Rules(i, 0))]).Next;

    /// <summary>Everything, as after a start.</summary>
    [Benchmark]
    public int FullSync() => Write(Ruleset.Empty(Options).Apply([.. Enumerable.Range(0, Services).Select(i => Rules(i, 0))]).Diff);

    /// <summary>One endpoint of one Service is replaced; must not depend on the number of Services.</summary>
    [Benchmark]
    public int OneChange() => Write(_ruleset.Apply([Rules(Services / 2, 1)]).Diff);

    private static int Write(RuleDiff diff)
    {
        var text = new StringBuilder();
        NftWriter.Write(text, diff, Names.Table);
        return text.Length;
    }

    private ServiceRules Rules(int number, int generation)
    {
        var key = new ServiceKey("default", $"svc-{number}");
        var port = new ServicePortView(key, "http", Protocol.Tcp, 80, Address(10, 96, number));
        var endpoints = Enumerable.Range(0, 10).Select(i => Endpoint((number * 10) + i + (i == 5 ? generation * 7 : 0))).ToList();
        return _compiler.Compile(key, [(port, endpoints)]);
    }

    private static EndpointView Endpoint(int number) =>
        new(new Target(Address(11, 0, number), 8080), Ready: true, Serving: true, Terminating: false, Local: false);

    private static IPAddress Address(byte first, byte second, int number) =>
        new([first, (byte)(second + (number >> 16)), (byte)(number >> 8), (byte)number]);
}
