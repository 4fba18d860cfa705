using System.CommandLine;
using Sampan.Client;
using Sampan.Load;

// Loads an API server, any one that a kubeconfig names, and prints a table of what it did.
var kubeconfig = new Option<string>("--kubeconfig") { Required = true, Description = "Whom to load, with the right to do everything." };
var count = new Option<int>("--requests") { Description = "Requests of a scenario, at most.", DefaultValueFactory = _ => 4000 };
var seconds = new Option<int>("--seconds") { Description = "Time of a scenario, at most.", DefaultValueFactory = _ => 8 };
var pods = new Option<int>("--pods") { Description = "Pods to create and to list.", DefaultValueFactory = _ => 5000 };
var watchers = new Option<int>("--watchers") { Description = "Watchers that see each event.", DefaultValueFactory = _ => 100 };
var many = new Option<int>("--many-watchers") { Description = "Watchers of the scenario with many of them and few events.", DefaultValueFactory = _ => 5000 };
var settle = new Option<int>("--settle") { Description = "Seconds to wait at the end, to see the server's memory at rest.", DefaultValueFactory = _ => 0 };
var pid = new Option<int?>("--pid") { Description = "The server's process, to show its memory." };
var remote = new Option<bool>("--allow-remote") { Description = "Load a server that is not on this machine." };

var root = new RootCommand("Measures an API server over HTTPS.") { kubeconfig, count, seconds, pods, watchers, many, settle, pid, remote };
root.SetAction(async (result, ct) =>
{
    var config = Kubeconfig.Load(result.GetValue(kubeconfig)).ToClientConfig();
    if (!new Uri(config.Server).IsLoopback && !result.GetValue(remote))
    {
        Console.Error.WriteLine($"{config.Server} is not on this machine; --allow-remote loads it all the same");
        return 2;
    }

    var limits = new Limits(
        result.GetValue(count), TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(pods), result.GetValue(watchers), result.GetValue(many),
        TimeSpan.FromSeconds(result.GetValue(settle)));
    using var connections = new Connections(config);
    using var memory = new Memory(result.GetValue(pid));
    await new Scenarios(connections, limits, new Report(memory)).RunAsync(ct);
    return 0;
});
return await root.Parse(args).InvokeAsync();
