using System.Diagnostics;
using System.Text.RegularExpressions;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>
/// `sampan kube-apiserver` and `sampan kube-controller-manager` as processes of their own on a free port of the loopback,
/// for clients that need no containers. It needs no root.
/// </summary>
public sealed partial class ControlPlane : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("sampan-clients-").FullName;
    private readonly List<Process> _processes = [];

    /// <summary>False leaves the controllers to the test.</summary>
    public bool RunsControllers { get; init; } = true;

    /// <summary>The network namespace that everything runs in; null for the test's own.</summary>
    public string? Network { get; init; }

    /// <summary>The API server's port; 0 for a free one. A server that is to return after its end needs one of its own.</summary>
    public int SecurePort { get; init; }

    public string Kubeconfig => Path.Combine(_folder, "admin.conf");

    /// <summary>The kubeconfig of upstream's user for the controller manager, with the rights of its role and no more.</summary>
    public string ControllerKubeconfig => Path.Combine(_folder, "controller-manager.conf");

    /// <summary>Where the certificates and keys lie.</summary>
    public string Pki => Path.Combine(_folder, "pki");

    /// <summary>The process of the API server.</summary>
    public Process? Server { get; private set; }

    private static string Binary => Path.Combine(TestCluster.Root, "artifacts", "sampan", "sampan");

    public async ValueTask InitializeAsync()
    {
        await Shell.RunAsync(Path.Combine(TestCluster.Root, "sampan"), ["version"]);        // builds it
        var address = await StartServerAsync();
        await WriteKubeconfigAsync(Kubeconfig, address, "super-admin");
        await WriteKubeconfigAsync(ControllerKubeconfig, address, "controller-manager");
        if (!RunsControllers) return;
        Run("kube-controller-manager", "--kubeconfig", Kubeconfig, "--secure-port", "0", "--leader-elect", "false",
            "--root-ca-file", $"{_folder}/pki/ca.crt", "--service-account-private-key-file", $"{_folder}/pki/sa.key");
    }

    /// <summary>Starts the API server, again after its end on the same data, and returns its address.</summary>
    public async Task<string> StartServerAsync()
    {
        Server = Start(
            "kube-apiserver", "--data-dir", $"{_folder}/store", "--cert-dir", $"{_folder}/pki", "--bind-address", "127.0.0.1",
            "--secure-port", $"{SecurePort}", "--advertise-address", "192.0.2.10");
        return await AddressAsync(Server);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Starts another component, which ends with the control plane unless the test ends it.</summary>
    public Process Run(string component, params string[] arguments)
    {
        var process = Start(component, arguments);
        Drain(process);
        return process;
    }

    /// <summary>As <see cref="Run"/>, and hands on what the process says.</summary>
    public Process Run(string component, Action<string> say, params string[] arguments)
    {
        var process = Start(component, arguments);
        process.OutputDataReceived += (_, e) => say(e.Data ?? "");
        process.ErrorDataReceived += (_, e) => say(e.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private Task WriteKubeconfigAsync(string path, string address, string user) => File.WriteAllTextAsync(path, $$"""
        apiVersion: v1
        kind: Config
        current-context: sampan
        clusters: [{ name: sampan, cluster: { server: "{{address}}", certificate-authority: {{Pki}}/ca.crt } }]
        users: [{ name: user, user: { client-certificate: {{Pki}}/{{user}}.crt, client-key: {{Pki}}/{{user}}.key } }]
        contexts: [{ name: sampan, context: { cluster: sampan, user: user } }]
        """);

    private Process Start(string component, params string[] arguments)
    {
        var process = Network is { } network
            ? Shell.Start("nsenter", [$"--net=/run/netns/{network}", Binary, component, .. arguments])
            : Shell.Start(Binary, [component, .. arguments]);
        process.StandardInput.Close();
        _processes.Add(process);
        return process;
    }

    // The server names its address when it listens.
    private static async Task<string> AddressAsync(Process server)
    {
        var seen = new List<string>();
        using var limit = new CancellationTokenSource(StartLimit);
        while (await server.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            seen.Add(line);
            if (Serving().Match(line) is not { Success: true } found) continue;
            Drain(server);
            return found.Groups[1].Value;
        }
        throw new InvalidOperationException("the API server ended:\n" + string.Join('\n', seen));
    }

    // Nobody reads on; a full pipe would stop the process.
    private static void Drain(Process process)
    {
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
    }

    [GeneratedRegex(@"Serving on (\S+?)/?$")]
    private static partial Regex Serving();
}
