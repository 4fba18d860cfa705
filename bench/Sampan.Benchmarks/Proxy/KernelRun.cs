using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client.Metrics;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Conntrack;
using Sampan.Proxy.Model;
using Sampan.Proxy.Nftables;
using Sampan.Proxy.Sync;

namespace Sampan.Benchmarks.Proxy;

/// <summary>
/// What only a kernel can tell: how long rules take to be in force, and what they cost a connection. It runs in a network
/// namespace of its own, in which one address plays all endpoints: <c>unshare --net</c>.
/// </summary>
internal static class KernelRun
{
    private const int EndpointsEach = 10, Changes = 300;
    private const string Endpoint = "10.244.0.5";

    private static readonly CompileOptions Options = new()
    {
        NodeName = "node", PodCidrs = [IPNetwork.Parse("10.244.0.0/16")], Families = [IPFamily.V4],
    };

    public static async Task<int> RunAsync(string[] arguments)
    {
        int services = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000;
        if (Run("ip", "-o", "link").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length > 1)
        {
            await Console.Error.WriteLineAsync("This host has interfaces: run this in a namespace of its own, with: unshare --net");
            return 1;
        }

        string[] setup =
        [
            "link set lo up", "link add pods type veth peer name pods-end", "link set pods-end up", "link set pods up", $"address add {Endpoint}/32 dev pods", "address add 10.244.0.1/32 dev pods",
            "route add default dev pods src 10.244.0.1",
        ];
        foreach (string command in setup) Run("ip", command.Split(' '));
        await MeasureAsync(services);
        return 0;
    }

    private static async Task MeasureAsync(int services)
    {
        using var nftables = HostNftables.Open();
        var rules = new RuleSync(nftables, new NoFlows(), new ProxyMetrics(new MetricRegistry(), [IPFamily.V4]), NullLogger.Instance);
        var all = Enumerable.Range(0, services).Select(i => Rules(i, 0)).ToList();
        long start = Stopwatch.GetTimestamp();
        await rules.ReplaceAsync(Options, all, default);
        Say($"{services} Services of {EndpointsEach} endpoints, all written: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");

        var changes = new List<double>();
        for (int i = 1; i <= Changes; i++)
        {
            var change = Rules(i * 7 % services, i);
            start = Stopwatch.GetTimestamp();
            await rules.ChangeAsync([change], default);
            changes.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Say($"one endpoint replaced: {Percentiles(changes)}");
        await rules.ChangeAsync([Served(services)], default);
        using var server = new EchoListener(IPAddress.Parse(Endpoint), 8080);
        foreach (var (name, address, port) in new[] { ("direct", IPAddress.Parse(Endpoint), 8080), ("ClusterIP", Address(10, 96, services), 80) })
        {
            var (perSecond, latencies) = await ConnectionLoad.RunAsync(new IPEndPoint(address, port), TimeSpan.FromSeconds(5));
            Say($"connections, {name}: {perSecond:0} a second, {Percentiles(latencies)}");
        }
    }

    private static string Percentiles(List<double> milliseconds)
    {
        milliseconds.Sort();
        return $"p50 {milliseconds[milliseconds.Count / 2]:0.00} ms, p99 {milliseconds[milliseconds.Count * 99 / 100]:0.00} ms, longest {milliseconds[^1]:0.00} ms";
    }

    private static ServiceRules Rules(int number, int generation) => Compile(
        number, Enumerable.Range(0, EndpointsEach).Select(i => Address(11, 0, (number * EndpointsEach) + i + (i == 5 ? generation * 7 : 0))));

    /// <summary>One more Service, whose only endpoint answers.</summary>
    private static ServiceRules Served(int number) => Compile(number, [IPAddress.Parse(Endpoint)]);

    private static ServiceRules Compile(int number, IEnumerable<IPAddress> endpoints)
    {
        var key = new ServiceKey("default", $"svc-{number}");
        var port = new ServicePortView(key, "http", Protocol.Tcp, 80, Address(10, 96, number));
        EndpointView[] views = [.. endpoints.Select(e => new EndpointView(new Target(e, 8080), Ready: true, Serving: true, Terminating: false, Local: false))];
        return new ServiceCompiler(Options).Compile(key, [(port, views)]);
    }

    private static IPAddress Address(byte first, byte second, int number) =>
        new([first, (byte)(second + (number >> 16)), (byte)(number >> 8), (byte)number]);

    private static void Say(string line) => Console.WriteLine(line);

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed");
    }

    private sealed class NoFlows : IConntrack
    {
        public int ForgetStaleUdp(IPFamily family, IReadOnlyDictionary<Frontend, FrontendRule?> frontends) => 0;
    }
}
