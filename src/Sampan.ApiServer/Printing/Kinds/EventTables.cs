using Sampan.Api.Core.V1;
using static Sampan.ApiServer.Printing.Columns;
using CoreEvent = Sampan.Api.Core.V1.Event;
using NewEvent = Sampan.Api.Events.V1.Event;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Events, in both of their groups.</summary>
internal static class EventTables
{
    public static TableColumns CoreEvents { get; } = Table<CoreEvent>(EventView.Of);

    public static TableColumns Events { get; } = Table<NewEvent>(EventView.Of);

    private static TableColumns<T> Table<T>(Func<T, EventView> view)
        where T : Sampan.Api.IObject => new()
        {
            Make<T>("Last Seen", "string", "The time since the event last happened.", (e, now) => view(e).LastSeen(now)),
            Text<T>("Type", "Normal or Warning.", e => view(e).Type),
            Text<T>("Reason", "Why, in one word.", e => view(e).Reason),
            Text<T>("Object", "What the event is about.", e => ObjectText(view(e).About)),
            Text<T>("Subobject", "The part of the object.", e => view(e).About.FieldPath).Wide(),
            Text<T>("Source", "Who reported the event.", e => view(e).Source).Wide(),
            Text<T>("Message", "What happened.", e => view(e).Message?.Trim()),
            Make<T>("First Seen", "string", "The time since the event first happened.", (e, now) => view(e).FirstSeen(now)).Wide(),
            Make<T>("Count", "string", "How often it happened.", (e, _) => view(e).Count).Wide(),
            Make<T>("Name", "string", "The event's name.", (e, _) => e.Metadata.Name, format: "name").Wide(),
        };

    private static string ObjectText(ObjectReference about)
    {
        string kind = (about.Kind ?? "").ToLowerInvariant();
        return string.IsNullOrEmpty(about.Name) ? kind : $"{kind}/{about.Name}";
    }
}
