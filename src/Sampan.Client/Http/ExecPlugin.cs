using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Sampan.Client.Http;

/// <summary>Runs a credential plugin and keeps what it printed until that expires.</summary>
internal sealed class ExecPlugin(ExecPluginConfig config, ClientConfig client, TimeProvider time)
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private Credential? _current;

    public X509Certificate2? Certificate => _current?.Certificate;

    public bool Forget()
    {
        var known = _current is not null;
        _current = null;
        return known;
    }

    public async Task<Credential> GetAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_current is { } known && (known.Expires is null || known.Expires > time.GetUtcNow())) return known;
            return _current = Parse(await RunAsync(cancellationToken));
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(config.Command, config.Args) { RedirectStandardOutput = true };
        foreach (var (name, value) in config.Env) start.Environment[name] = value;
        start.Environment["KUBERNETES_EXEC_INFO"] = ExecInfo();
        try
        {
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode == 0) return output;
            throw new ApiConnectionException($"exec: executable {config.Command} failed with exit code {process.ExitCode}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            var hint = config.InstallHint is { } text ? "\n" + text : "";
            throw new ApiConnectionException($"exec: executable {config.Command} cannot be started: {e.Message}{hint}", e);
        }
    }

    private string ExecInfo()
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (config.ProvideClusterInfo) spec["cluster"] = new JsonObject { ["server"] = client.Server };
        return new JsonObject { ["apiVersion"] = config.ApiVersion, ["kind"] = "ExecCredential", ["spec"] = spec }.ToJsonString();
    }

    private Credential Parse(string output)
    {
        var status = JsonNode.Parse(output)?["status"]
            ?? throw new ApiConnectionException($"exec: {config.Command} printed no credential status");
        var certificate = (string?)status["clientCertificateData"] is { } pem
            ? X509Certificate2.CreateFromPem(pem, (string?)status["clientKeyData"] ?? pem)
            : null;
        DateTimeOffset? expires = (string?)status["expirationTimestamp"] is { } at ? DateTimeOffset.Parse(at) : null;
        return new Credential((string?)status["token"], certificate, expires);
    }

    public sealed record Credential(string? Token, X509Certificate2? Certificate, DateTimeOffset? Expires);
}
