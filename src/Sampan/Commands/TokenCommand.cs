using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Sampan.Api;
using Sampan.Client;
using Sampan.Cluster;
using Sampan.Cluster.Host;
using Sampan.Cluster.Join;
using Sampan.Terminal;

namespace Sampan.Commands;

/// <summary>`sampan token`: what lets further machines join.</summary>
internal static class TokenCommand
{
    public static Command Create() => new("token", "Let further machines join the cluster.") { CreateToken() };

    private static Command CreateToken()
    {
        var dataDir = Options.DataDir();
        var ttl = new Option<string>("--ttl") { Description = "How long the token lets machines join, such as 2h.", DefaultValueFactory = _ => "24h" };
        var command = new Command("create", "Make a token, and print the command that joins a machine with it.") { dataDir, ttl };
        command.SetAction(async (result, ct) =>
        {
            if (Root.Missing() is { } advice) return Failure.Show(advice);
            try
            {
                var life = Duration.TryParse(result.GetValue(ttl)!, out var duration) && duration.ToTimeSpan() > TimeSpan.Zero
                    ? duration.ToTimeSpan()
                    : throw new HostException($"--ttl: \"{result.GetValue(ttl)}\" is no duration: write it as 24h or 90m");
                Screen.Output.Profile.Out.Writer.WriteLine(await JoinCommandAsync(ClusterPaths.For(result.GetValue(dataDir)!), life, ct));
                return 0;
            }
            catch (Exception e) when (e is HostException or ApiConnectionException or StatusException or KubeconfigException)
            {
                return Failure.Show(e);
            }
        });
        return command;
    }

    private static async Task<string> JoinCommandAsync(ClusterPaths paths, TimeSpan life, CancellationToken ct)
    {
        if (!File.Exists(paths.AdminKubeconfig))
            throw new HostException($"{paths.AdminKubeconfig} is missing: run this on the machine of the server, after sampan up or sampan server");
        var config = Kubeconfig.Load(paths.AdminKubeconfig).ToClientConfig();
        await using var client = new ApiClient(config);
        using var authority = X509Certificate2.CreateFromPem(config.CertificateAuthorityData!);
        return await JoinObjects.CommandAsync(client, config.Server, authority, TimeProvider.System.GetUtcNow() + life, ct);
    }
}
