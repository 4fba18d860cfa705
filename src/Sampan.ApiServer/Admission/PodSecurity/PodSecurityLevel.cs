namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>The levels of the pod security standards, from the one that allows all to the strictest.</summary>
internal enum PodSecurityLevel
{
    Privileged,
    Baseline,
    Restricted,
}
