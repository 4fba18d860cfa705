using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Pods and their templates.</summary>
internal static class PodTables
{
    private static readonly IReadOnlyList<TableRowCondition> Succeeded = [Completed("Succeeded", "The pod has completed successfully.")];
    private static readonly IReadOnlyList<TableRowCondition> Failed = [Completed("Failed", "The pod failed.")];

    public static TableColumns Pods { get; } = new TableColumns<Pod>
    {
        Columns.Name<Pod>(),
        Columns.Text<Pod>("Ready", "How many of the containers are ready.", pod => PodSummary.Of(pod) is var s ? $"{s.Ready}/{s.Total}" : ""),
        Columns.Text<Pod>("Status", "The state of the pod in one word.", pod => PodSummary.Of(pod).Status),
        Columns.Make<Pod>("Restarts", "string", "How often containers were restarted, and when last.", Restarts),
        Columns.Age<Pod>(),
        Columns.Text<Pod>("IP", "The pod's address.", pod => CellText.OrNone((pod.Status?.PodIPs).OrEmpty().FirstOrDefault()?.Ip)).Wide(),
        Columns.Text<Pod>("Node", "The node on which the pod runs.", pod => CellText.OrNone(pod.Spec?.NodeName)).Wide(),
        Columns.Text<Pod>("Nominated Node", "The node on which room is made for the pod.", pod => CellText.OrNone(pod.Status?.NominatedNodeName)).Wide(),
        Columns.Text<Pod>("Readiness Gates", "How many of the readiness gates are open.", ReadinessGates).Wide(),
    }.WithConditions(pod => pod.Status?.Phase switch { "Succeeded" => Succeeded, "Failed" => Failed, _ => [] });

    public static TableColumns PodTemplates { get; } = new TableColumns<PodTemplate>
    {
        Columns.Name<PodTemplate>(),
        Columns.Text<PodTemplate>("Containers", "The names of the containers.", t => CellText.ContainerNames(t.Template)),
        Columns.Text<PodTemplate>("Images", "The images of the containers.", t => CellText.ContainerImages(t.Template)),
        Columns.Text<PodTemplate>("Pod Labels", "The labels that pods get.", t => CellText.Labels(t.Template?.Metadata?.Labels)),
    };

    private static TableRowCondition Completed(string reason, string message) =>
        new() { Type = "Completed", Status = "True", Reason = reason, Message = message };

    private static Cell Restarts(Pod pod, DateTimeOffset now)
    {
        PodSummary summary = PodSummary.Of(pod);
        return summary.Restarts != 0 && !summary.LastRestart.IsZero
            ? $"{summary.Restarts} ({HumanDuration.Since(summary.LastRestart, now)} ago)"
            : $"{summary.Restarts}";
    }

    private static string ReadinessGates(Pod pod)
    {
        IReadOnlyList<PodReadinessGate> gates = (pod.Spec?.ReadinessGates).OrEmpty();
        int open = gates.Count(gate => (pod.Status?.Conditions).OrEmpty().FirstOrDefault(c => c.Type == gate.ConditionType)?.Status == "True");
        return gates.Count == 0 ? CellText.None : $"{open}/{gates.Count}";
    }
}
