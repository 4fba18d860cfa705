namespace Sampan.ApiServer.Audit;

/// <summary>Resources of one group: "pods", "pods/log", "pods/*", "*/scale", "*"; none for all of the group.</summary>
internal sealed record AuditResources(string Group, IReadOnlyList<string> Resources, IReadOnlyList<string> Names);
