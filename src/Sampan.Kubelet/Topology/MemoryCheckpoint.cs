using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Client;
using Sampan.Kubelet.Checkpoints;
using Sampan.Kubelet.Configuration;

namespace Sampan.Kubelet.Topology;

/// <summary>
/// Whose memory lies where, kept across restarts of the kubelet in upstream's file and form.
/// <code>
/// { "policyName": "Static",
///   "machineState": { "0": { "numberOfAssignments": 1, "memoryMap": { "memory": { "total": 4096, "systemReserved": 1024, "allocatable": 3072, "reserved": 1024, "free": 2048 } }, "cells": [0] } },
///   "entries": { "pod UID": { "web": [ { "numaAffinity": [0], "type": "memory", "size": 1024 } ] } }, "checksum": 4215593881 }
/// </code>
/// </summary>
internal sealed class MemoryCheckpoint(string path, string policy = MemoryCheckpoint.Static)
{
    public const string Static = "Static";

    /// <exception cref="ConfigurationException">It is of another policy, or nobody can read it.</exception>
    public MemoryState Read()
    {
        try
        {
            var tree = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
            return tree is null ? MemoryState.None
                : (string?)tree["policyName"] is var other && other != policy ? throw Refused($"[memorymanager] configured policy \"{policy}\" differs from state checkpoint policy \"{other}\"")
                : new([.. (tree["entries"] as JsonObject ?? []).SelectMany(Blocks)], [.. (tree["machineState"] as JsonObject ?? []).Select(Node)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw Refused("checkpoint is corrupted");
        }
    }

    /// <param name="blocks">What is given out.</param>
    /// <param name="nodes">How that leaves the machine; none where nothing is given out by node.</param>
    public void Write(IReadOnlyList<MemoryBlock> blocks, IReadOnlyList<NumaMemory> nodes)
    {
        var pods = Ordered(blocks, b => b.PodUid).Select(pod => (pod.Key, Containers: Ordered(pod, b => b.Container).ToList())).ToList();
        var tree = new JsonObject { ["policyName"] = policy, ["machineState"] = new JsonObject(nodes.Select(n => KeyValuePair.Create($"{n.Id}", (JsonNode?)Tree(n)))) };
        if (pods.Count > 0)
        {
            tree["entries"] = new JsonObject(pods.Select(pod => KeyValuePair.Create(pod.Key, (JsonNode?)new JsonObject(pod.Containers.Select(Tree)))));
        }

        var entries = Checksum.Map(pods.Select(pod => (pod.Key, Checksum.Map(pod.Containers.Select(c => (c.Key, Checksum.List(c.Select(Text))))))));
        tree["checksum"] = Checksum.Of(
            $"(*state.MemoryManagerCheckpoint){{PolicyName:(string){policy} MachineState:(state.NUMANodeMap){Checksum.Map(nodes.Select(n => (n.Id, Text(n))))} "
            + $"Entries:(state.ContainerMemoryAssignments){entries} Checksum:(checksum.Checksum)0}}");
        WholeFile.Write(path, tree.ToJsonString());
    }

    private ConfigurationException Refused(string why) =>
        new($"start memory manager error: could not restore state from checkpoint: {why}, please drain this node and delete the memory manager checkpoint file \"{path}\" before restarting Kubelet");

    private static IEnumerable<IGrouping<string, MemoryBlock>> Ordered(IEnumerable<MemoryBlock> blocks, Func<MemoryBlock, string> key) => blocks.GroupBy(key).OrderBy(g => g.Key, StringComparer.Ordinal);

    private static JsonObject Tree(NumaMemory node) => new()
    {
        ["numberOfAssignments"] = node.Assignments,
        ["memoryMap"] = new JsonObject(node.Tables.Select(t => KeyValuePair.Create(t.Resource, (JsonNode?)new JsonObject
        {
            ["total"] = t.Table.Total,
            ["systemReserved"] = t.Table.SystemReserved,
            ["allocatable"] = t.Table.Allocatable,
            ["reserved"] = t.Table.Reserved,
            ["free"] = t.Table.Free,
        }))),
        ["cells"] = new JsonArray([.. node.Cells.Select(n => (JsonNode?)n)]),
    };

    private static string Text(NumaMemory node) =>
        $"<*>{{NumberOfAssignments:(int){node.Assignments} MemoryMap:(map[v1.ResourceName]*state.MemoryTable){Checksum.Map(node.Tables.Select(t => (t.Resource, Text(t.Table))))} "
        + $"Cells:([]int){Checksum.List(node.Cells)}}}";

    private static string Text(MemoryTable table) =>
        $"<*>{{TotalMemSize:(uint64){table.Total} SystemReserved:(uint64){table.SystemReserved} Allocatable:(uint64){table.Allocatable} "
        + $"Reserved:(uint64){table.Reserved} Free:(uint64){table.Free}}}";

    private static KeyValuePair<string, JsonNode?> Tree(IGrouping<string, MemoryBlock> container) => new(container.Key, new JsonArray([.. container.Select(b => new JsonObject
    {
        ["numaAffinity"] = new JsonArray([.. NumaMask.Nodes(b.Nodes).Select(n => (JsonNode?)n)]),
        ["type"] = b.Resource,
        ["size"] = b.Size,
    })]));

    private static string Text(MemoryBlock block) =>
        $"{{NUMAAffinity:([]int){Checksum.List(NumaMask.Nodes(block.Nodes))} Type:(v1.ResourceName){block.Resource} Size:(uint64){block.Size}}}";

    private static NumaMemory Node(KeyValuePair<string, JsonNode?> node) => new(
        int.Parse(node.Key, CultureInfo.InvariantCulture),
        (int)node.Value!["numberOfAssignments"]!,
        [.. node.Value["memoryMap"]!.AsObject().Select(t => (t.Key, Table(t.Value!)))],
        [.. (node.Value["cells"] as JsonArray ?? []).Select(n => (int)n!)]);

    private static MemoryTable Table(JsonNode table) => new((long)table["total"]!, (long)table["systemReserved"]!, (long)table["allocatable"]!, (long)table["reserved"]!);

    private static IEnumerable<MemoryBlock> Blocks(KeyValuePair<string, JsonNode?> pod) => pod.Value!.AsObject().SelectMany(container => container.Value!.AsArray().Select(
        b => new MemoryBlock(pod.Key, container.Key, (string)b!["type"]!, NumaMask.Of(b["numaAffinity"]!.AsArray().Select(n => (int)n!)), (long)b["size"]!)));
}
