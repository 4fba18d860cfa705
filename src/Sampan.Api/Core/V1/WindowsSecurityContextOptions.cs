namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.WindowsSecurityContextOptions")]
public sealed partial class WindowsSecurityContextOptions : IApiType<WindowsSecurityContextOptions>
{
    [Field("gmsaCredentialSpecName", 1, Pointer = true)]
    public string? GmsaCredentialSpecName { get; set; }

    [Field("gmsaCredentialSpec", 2, Pointer = true)]
    public string? GmsaCredentialSpec { get; set; }

    [Field("runAsUserName", 3, Pointer = true)]
    public string? RunAsUserName { get; set; }

    [Field("hostProcess", 4)]
    public bool? HostProcess { get; set; }
}
