using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Apply;

/// <summary>Failures of applies that upstream reports without a reason.</summary>
internal static class ApplyFailure
{
    public static StatusException Of(string message) => new(new Status { StatusValue = "Failure", Code = 500, Message = message });
}
