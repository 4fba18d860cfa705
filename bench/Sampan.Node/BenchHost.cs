using System.Diagnostics;

namespace Sampan.Node;

/// <summary>A cluster of two nodes in a network namespace of its own, started as a user starts it and deleted at the end.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    private readonly string _name = $"sampan-node-bench-{Environment.ProcessId}";
    private readonly string _sampan;

    private BenchHost(string sampan) => _sampan = sampan;

    private string Data => Path.Combine("/tmp", _name);

    /// <exception cref="InvalidOperationException">There is no cluster to measure; nothing of it is left.</exception>
    public static async Task<BenchHost> CreateAsync(string sampan)
    {
        var image = Path.Combine(Path.GetDirectoryName(sampan)!, "artifacts/images/busybox.tar");
        if (!File.Exists(image)) throw new InvalidOperationException($"there is no {image}: images/build busybox makes it beside ./sampan");
        var host = new BenchHost(sampan);
        if (await host.StartAsync(image)) return host;
        await host.DisposeAsync();
        throw new InvalidOperationException("the cluster did not start, see above");
    }

    /// <summary>The process of the second node.</summary>
    public static (string Name, int Pid) SecondNode(string data)
    {
        var folder = Directory.GetDirectories(Path.Combine(data, "nodes")).Single();
        return (Path.GetFileName(folder), int.Parse(File.ReadAllText(Path.Combine(folder, "run/server.pid")).Split(' ')[0]));
    }

    /// <summary>This program again, on the cluster's host.</summary>
    public Task<int> RunInsideAsync(string[] arguments) => InsideAsync([Environment.ProcessPath!, .. Self(), .. arguments, "--inside", Data]);

    public async ValueTask DisposeAsync()
    {
        await InsideAsync(_sampan, "delete", "--data-dir", Data);
        await RunAsync("ip", "netns", "delete", _name);
    }

    private async Task<bool> StartAsync(string image)
    {
        await RunAsync("ip", "netns", "add", _name);
        foreach (var command in new[]
        {
            "ip link set lo up", "ip link add eth0 type veth peer name uplink", "ip link set uplink up", "ip address add 192.0.2.10/24 dev eth0",
            "ip link set eth0 up", "ip route add default via 192.0.2.1",
        })
        {
            await InsideAsync(command.Split(' '));
        }

        return await InsideAsync(_sampan, "up", "--data-dir", Data, "--no-kubeconfig", "--nodes", "2", "--timeout", "240") == 0
            && await InsideAsync(_sampan, "image", "load", "--data-dir", Path.Combine(Data, "nodes", SecondNode(Data).Name), image) == 0;
    }

    private static string[] Self() => Path.GetFileName(Environment.ProcessPath!) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];

    private Task<int> InsideAsync(params string[] command) => RunAsync("nsenter", [$"--net=/run/netns/{_name}", .. command]);

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
