namespace Sampan.Client.Controllers;

/// <summary>A control loop over the objects of one kind, each known by its namespace and name.</summary>
public abstract class Controller(string name, ControllerContext context, int workers = 5, TimeSpan? firstRetry = null, TimeSpan? longestRetry = null)
    : KeyedController<ObjectKey>(name, context, workers, firstRetry, longestRetry)
{
    protected static ObjectKey KeyOf(IObject obj) => new(obj.Metadata.Namespace, obj.Metadata.Name);
}
