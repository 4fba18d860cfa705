using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;

namespace Sampan.Client.Quota;

/// <summary>Other objects that what an object is charged for depends on.</summary>
public interface IQuotaObjects
{
    DeviceClass? DeviceClass(string name);

    Pod? Pod(string ns, string name);
}
