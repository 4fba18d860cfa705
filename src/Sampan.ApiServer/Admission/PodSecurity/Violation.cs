namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>What a pod does that its level forbids, in short and with the places.</summary>
internal sealed record Violation(string Reason, string Detail)
{
    public override string ToString() => Detail.Length > 0 ? $"{Reason} ({Detail})" : Reason;
}
