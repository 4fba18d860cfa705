using System.CommandLine;
using Sampan.Scale;
using Sampan.Scale.Controllers;

// How fast pods find their nodes: through the whole control plane on simulated nodes, and in the scheduler alone; and what controllers do for a change.
var nodes = new Option<int>("--nodes") { Description = "Simulated nodes.", DefaultValueFactory = _ => 1000 };
var pods = new Option<int>("--pods") { Description = "Pods to schedule.", DefaultValueFactory = _ => 10_000 };
var shape = new Option<Shape>("--shape") { Description = "What pods ask for: Plain, Spread, Affinity, AntiAffinity or Mixed." };
var backlog = new Option<bool>("--backlog") { Description = "Create the pods before the scheduler starts, and measure binding alone." };
var svg = new Option<string?>("--svg") { Description = "Draw the run's curve into this file." };
var minutes = new Option<double>("--minutes") { Description = "Stop after this time, finished or not.", DefaultValueFactory = _ => 60 };
var allocations = new Option<bool>("--allocations") { Description = "Say which types are allocated while pods are bound; slows the run down." };
var inMemory = new Option<bool>("--no-fsync") { Description = "Do not wait for the disk." };

var cluster = new Command("cluster", "Measure the whole path: API server, store, controllers, scheduler and simulated nodes in this process.")
{
    nodes, pods, shape, backlog, svg, minutes, inMemory, allocations,
};
cluster.SetAction(async (result, ct) =>
{
    await using var plane = await ControlPlane.StartAsync(!result.GetValue(inMemory), ct);
    var run = new WholePath(plane, result.GetValue(nodes), result.GetValue(pods), result.GetValue(shape), result.GetValue(backlog), TimeSpan.FromMinutes(result.GetValue(minutes)), result.GetValue(allocations));
    await run.RunAsync(ct);
    if (result.GetValue(svg) is { } file) File.WriteAllText(file, Curve.Draw(run.Samples, $"{result.GetValue(pods):#,0} pods on {result.GetValue(nodes):#,0} nodes"));
});

var scheduler = new Command("scheduler", "Measure the scheduler's decisions alone.") { nodes, pods, shape };
scheduler.SetAction(result => new SchedulerOnly(result.GetValue(nodes), result.GetValue(pods), result.GetValue(shape)).Run());

var init = new Option<int>("--init-pods") { Description = "Pods that are there before.", DefaultValueFactory = _ => 1000 };
var only = new Option<string?>("--only") { Description = "One workload, by upstream's name: " + string.Join(", ", Workloads.All.Select(w => w.Name)) + "." };
var api = new Option<bool>("--api") { Description = "Through the whole control plane instead of in the scheduler alone." };
var churn = new Option<bool>("--churn") { Description = "With --api: let a node, a service and a pod that fits nowhere come and go every second meanwhile." };
var workloads = new Command("workloads", "Run the workloads of upstream's scheduler_perf, one after the other.") { nodes, init, pods, only, api, churn, inMemory };
workloads.SetAction(async (result, ct) =>
{
    foreach (var workload in Workloads.All.Where(w => result.GetValue(only) is not { } name || w.Name == name))
    {
        if (result.GetValue(api))
        {
            await using var plane = await ControlPlane.StartAsync(!result.GetValue(inMemory), ct);
            await new ApiWorkloadRun(plane, result.GetValue(nodes), result.GetValue(churn)).RunAsync(workload, result.GetValue(init), result.GetValue(pods), ct);
        }
        else
        {
            new WorkloadRun(result.GetValue(nodes)).Run(workload, result.GetValue(init), result.GetValue(pods));
        }
    }
});

var subject = new Option<Subject>("--subject") { Description = "Deployments, Churn, Garbage or Endpoints.", Required = true };
var size = new Option<int?>("--size") { Description = "How many Deployments, pods replaced, owned objects or endpoints." };
var controllers = new Command("controllers", "Measure what controllers do for a change: reconciles, writes, allocations, and how long its effect takes.") { subject, size, inMemory };
controllers.SetAction(async (result, ct) =>
{
    await using var plane = await ControlPlane.StartAsync(!result.GetValue(inMemory), ct);
    await (result.GetValue(subject) switch
    {
        Subject.Deployments => new DeploymentsRun(plane, result.GetValue(size) ?? 1000, 10).RunAsync(ct),
        Subject.Churn => new ChurnRun(plane, result.GetValue(size) ?? 50_000).RunAsync(ct),
        Subject.Garbage => new GarbageRun(plane, result.GetValue(size) ?? 100_000).RunAsync(ct),
        _ => new EndpointsRun(plane, result.GetValue(size) ?? 10_000, 200).RunAsync(ct),
    });
});

return await new RootCommand("Measures scheduling and controllers at scale.") { cluster, scheduler, workloads, controllers }.Parse(args).InvokeAsync();
