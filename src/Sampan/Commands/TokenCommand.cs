using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Sampan.Api;
using Sampan.Client;
using Sampan.Cluster;
using Sampan.Cluster.Host;
using Sampan.Cluster.Join;
using Sampan.Terminal;

namespace Sampan.Commands;

/// <summary>`sampan token`: what lets further machines join, in the manner of `kubeadm token`.</summary>
internal static class TokenCommand
{
    public static Command Create() => new("token", "Let further machines join the cluster.") { CreateToken(), ListTokens(), DeleteTokens() };

    private static Command CreateToken()
    {
        var dataDir = Options.DataDir();
        var text = new Argument<string?>("token") { Arity = ArgumentArity.ZeroOrOne, Description = "The token, as abcdef.0123456789abcdef (default: one made at random)." };
        var ttl = new Option<string>("--ttl") { Description = "How long the token lets machines join, such as 2h; 0: for ever.", DefaultValueFactory = _ => "24h" };
        var description = new Option<string>("--description") { Description = "What the token is for.", DefaultValueFactory = _ => "" };
        var printJoin = new Option<bool>("--print-join-command") { Description = "Print the command that joins a machine; with =false the token alone.", DefaultValueFactory = _ => true };
        var command = new Command("create", "Make a token, and print the command that joins a machine with it.") { text, dataDir, ttl, description, printJoin };
        command.SetAction((result, ct) => WithClusterAsync(ClusterPaths.For(result.GetValue(dataDir)!), async (client, config) =>
        {
            using var authority = X509Certificate2.CreateFromPem(config.CertificateAuthorityData!);
            var random = JoinToken.Create(JoinToken.HashOf(authority));
            var token = (result.GetValue(text) is { } given ? BootstrapToken.Parse(given) : new(random.Id, random.Secret)) with
            {
                Expires = EndOf(result.GetValue(ttl)!), Description = result.GetValue(description)!,
            };
            await new BootstrapTokens(client).CreateAsync(token, ct);
            Line(result.GetValue(printJoin) ? JoinObjects.Command(config.Server, random with { Id = token.Id, Secret = token.Secret }) : token.ToString());
        }));
        return command;
    }

    private static Command ListTokens()
    {
        var dataDir = Options.DataDir();
        var output = Options.Output();
        var command = new Command("list", "Show the tokens that let machines join.") { dataDir, output };
        command.SetAction((result, ct) => WithClusterAsync(ClusterPaths.For(result.GetValue(dataDir)!), async (client, _) =>
        {
            var tokens = await new BootstrapTokens(client).ListAsync(Console.Error.WriteLine, ct);
            if (result.GetValue(output) != "json") Screen.Output.Write(TokenTable.Of(tokens, TimeProvider.System.GetUtcNow()));
            else foreach (var token in tokens) Line(TokenTable.Json(token));
        }));
        return command;
    }

    private static Command DeleteTokens()
    {
        var dataDir = Options.DataDir();
        var names = new Argument<string[]>("token") { Arity = ArgumentArity.OneOrMore, Description = "A token, or the part before its dot." };
        var command = new Command("delete", "Delete tokens: no machine joins with them any more. Nodes that have joined stay.") { names, dataDir };
        command.SetAction((result, ct) => WithClusterAsync(ClusterPaths.For(result.GetValue(dataDir)!), async (client, _) =>
        {
            foreach (string id in result.GetValue(names)!.Select(BootstrapToken.IdOf).ToList())
            {
                await new BootstrapTokens(client).DeleteAsync(id, ct);
                Line($"bootstrap token \"{id}\" deleted");
            }
        }));
        return command;
    }

    /// <returns>Null: never.</returns>
    private static DateTimeOffset? EndOf(string ttl)
    {
        if (!Duration.TryParse(ttl, out var duration) || duration.ToTimeSpan() < TimeSpan.Zero) throw new HostException($"--ttl: \"{ttl}\" is no duration: write it as 24h or 90m");
        return duration.ToTimeSpan() is { Ticks: > 0 } life ? TimeProvider.System.GetUtcNow() + life : null;
    }

    // Not broken into lines, so that it can be copied.
    private static void Line(string text) => Screen.Output.Profile.Out.Writer.WriteLine(text);

    private static async Task<int> WithClusterAsync(ClusterPaths paths, Func<ApiClient, ClientConfig, Task> run)
    {
        if (Root.Missing() is { } advice) return Failure.Show(advice);
        try
        {
            if (!File.Exists(paths.AdminKubeconfig))
                throw new HostException($"{paths.AdminKubeconfig} is missing: run this on the machine of the server, after sampan up or sampan server");
            var config = Kubeconfig.Load(paths.AdminKubeconfig).ToClientConfig();
            await using var client = new ApiClient(config);
            await run(client, config);
            return 0;
        }
        catch (Exception e) when (e is HostException or ApiConnectionException or StatusException or KubeconfigException)
        {
            return Failure.Show(e);
        }
    }
}
