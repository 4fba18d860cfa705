using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Client;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Explain;
using Sampan.Scheduler.Framework;
using Sampan.Terminal;

namespace Sampan.Commands;

/// <summary>`sampan why`: exits with 0 when every pod has or would get a node, 2 when one would not.</summary>
internal static class WhyCommand
{
    private const string Description =
        """
        Say why a pod is where it is, or why it is nowhere: which rule refuses which node, and what would have to change.

          sampan why pod/web-1                        why this pod waits, node by node
          sampan why web-1 -n shop -o json            the same for a program
          sampan why --what-if -f web.yaml            would this fit, and where? Nothing is created.
          sampan why --without-node n1                where would the pods of n1 go? Nothing is moved.
          sampan why pod/web-1 --without-node n1      could this pod go elsewhere?

        It reads the cluster through the API, with your rights, and runs the scheduler's rules over it: any cluster will do.
        """;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var pod = new Argument<string?>("pod") { Description = "The pod: NAME or pod/NAME.", Arity = ArgumentArity.ZeroOrOne };
        var ns = new Option<string?>("--namespace", "-n") { Description = "The pod's namespace (default: that of your kubeconfig)." };
        var whatIf = new Option<bool>("--what-if") { Description = "Place the pods of the manifest given with -f, without creating them." };
        var file = new Option<string?>("--filename", "-f") { Description = "A manifest: Pod, Deployment, ReplicaSet, StatefulSet or Job; - reads standard input." };
        var without = new Option<string[]>("--without-node") { Description = "Leave this node out, as if it were gone; may be given more than once." };
        var nodes = new Option<bool>("--all-nodes") { Description = "Show every node, also in large clusters." };
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "How to reach the cluster (default: as kubectl does)." };
        var config = new Option<string?>("--config") { Description = "The scheduler's KubeSchedulerConfiguration (default: one profile, as upstream's)." };
        var output = Options.Output();
        var command = new Command("why", Description) { pod, ns, whatIf, file, without, nodes, kubeconfig, config, output };
        command.SetAction(async (result, ct) =>
        {
            try
            {
                var server = Kubeconfig.Load(result.GetValue(kubeconfig)).ToClientConfig();
                var client = new ApiClient(server with { UserAgent = "sampan-why" });
                var question = new Question(result.GetValue(pod), result.GetValue(ns) ?? server.Namespace, result.GetValue(file), result.GetValue(whatIf), result.GetValue(without) ?? []);
                var answers = await new SchedulingExplainer(client, Profiles(result.GetValue(config)), TimeProvider.System).ExplainAsync(await RequestOf(question, client, ct), ct);
                if (result.GetValue(output) == "json") Console.WriteLine(ExplanationJson.Write(answers).ToJsonString(Indented));
                else new WhyReport(Screen.Output, result.GetValue(nodes)).Show(answers);
                return answers.All(a => a.Verdict is "Scheduled" or "Fits") ? 0 : 2;
            }
            catch (Exception e) when (e is StatusException or ApiConnectionException or KubeconfigException or ConfigurationException or FormatException or IOException)
            {
                return Failure.Show(e);
            }
        });
        return command;
    }

    private static IReadOnlyList<Profile> Profiles(string? file) => file is null ? [Profile.Default()] : ConfigurationReader.ReadFile(file).ToOptions().Profiles;

    private static async Task<ExplainRequest> RequestOf(Question question, ApiClient client, CancellationToken ct)
    {
        if (question.WhatIf != question.File is not null) throw new FormatException("--what-if and -f go together: sampan why --what-if -f manifest.yaml");
        if (question is { Pod: null, File: null, Without.Length: 0 }) throw new FormatException("name a pod, or ask what if: sampan why --help");
        return new ExplainRequest
        {
            Pod = question.Pod is { } name ? (question.Namespace, NameOf(name)) : null,
            Manifests = question.File is { } file ? await ManifestPods.ReadAsync(client, await ReadAsync(file, ct), question.Namespace, ct) : [],
            WithoutNodes = question.Without,
        };
    }

    private static string NameOf(string text) => text.Split('/') switch
    {
        [var name] => name,
        ["pod" or "pods" or "po", var name] => name,
        _ => throw new FormatException($"\"{text}\" is no pod: write pod/NAME"),
    };

    private static async Task<IReadOnlyList<JsonNode>> ReadAsync(string file, CancellationToken ct) =>
        YamlTree.ParseAll(file == "-" ? await Console.In.ReadToEndAsync(ct) : await File.ReadAllTextAsync(file, ct));

    private sealed record Question(string? Pod, string Namespace, string? File, bool WhatIf, string[] Without);
}
