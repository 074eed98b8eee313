using System.Runtime.CompilerServices;

namespace KubeNetSim.Engine.Events;

/// <summary>
/// Events in time order; those of the same time in the order in which they were scheduled. Keys move in a heap, payloads stay in their
/// slots. Scheduling and running allocate nothing once the queue has grown to its size.
/// </summary>
/// <typeparam name="TPayload">What an event carries.</typeparam>
public sealed class EventQueue<TPayload>
    where TPayload : struct
{
    private const int SlotBits = 24;
    private const ulong SlotMask = (1UL << SlotBits) - 1;

    private readonly EventOrder _order;

    // Not readonly: the methods of this struct change it.
    private EventHeap _heap = new(64);
    private Slot[] _slots = new Slot[64];
    private int _cancelled;
    private int _freeSlot = -1;
    private int _usedSlots;

    // The slot of the event that is being handled: it keeps its payload until then. -1 for none.
    private int _handled = -1;

    /// <summary>Makes an empty queue.</summary>
    public EventQueue()
        : this(new EventOrder())
    {
    }

    /// <summary>Makes an empty queue that shares its order of scheduling with others, so that ties between them are decided too.</summary>
    internal EventQueue(EventOrder order) => _order = order;

    /// <summary>Events that wait.</summary>
    public int Count => _heap.Count - _cancelled - (_heap.IsTopTaken ? 1 : 0);

    /// <summary>Adds an event.</summary>
    /// <param name="time">When it is due [ns].</param>
    /// <param name="payload">What it carries.</param>
    /// <exception cref="InvalidOperationException">More than 16 million events wait at once.</exception>
    public EventHandle Schedule(long time, in TPayload payload)
    {
        int slot = _handled;
        if (slot >= 0 && Unsafe.AreSame(in payload, in _slots[slot].Payload))
        {
            // The event that is being handled is scheduled again: its payload stays where it is.
            _handled = -1;
        }
        else
        {
            slot = TakeSlot();
            _slots[slot].Payload = payload;
        }
        return Add(time, slot);
    }

    /// <summary>
    /// Adds an event with an empty payload, which the caller writes in place. The reference is valid until the next event is added.
    /// </summary>
    /// <inheritdoc cref="Schedule(long, in TPayload)"/>
    public ref TPayload Schedule(long time)
    {
        int slot = TakeSlot();
        Add(time, slot);
        ref TPayload payload = ref _slots[slot].Payload;
        payload = default;
        return ref payload;
    }

    /// <summary>Removes an event before it runs; false where it has run or was cancelled.</summary>
    public bool Cancel(EventHandle handle)
    {
        if ((uint)handle.Slot >= (uint)_usedSlots || _slots[handle.Slot].Order != handle.Order)
            return false;
        CloseTop();
        // Its key stays in the heap and is dropped when it comes up: the slot no longer has the key's order.
        _slots[handle.Slot].Order = ulong.MaxValue;
        _slots[handle.Slot].Payload = default;
        _cancelled++;
        // Timeouts are nearly always cancelled. Without this they would fill the heap until they are due.
        if (_cancelled > 32 && _cancelled > _heap.Count / 2)
            DropAllCancelled();
        return true;
    }

    /// <summary>When the next event is due; false where none waits.</summary>
    public bool TryPeekTime(out long time) => TryPeek(out time, out _);

    /// <summary>The next event's place in time and, among events of the same time, in the order of scheduling.</summary>
    internal bool TryPeek(out long time, out ulong order)
    {
        DropCancelled();
        (time, order) = _heap.Count == 0 ? (0, 0) : (_heap.Top.Time, _heap.Top.Order);
        return _heap.Count > 0;
    }

    /// <summary>
    /// The slot of the event that is probably next after the one just taken; false where few others wait, or none was taken.
    /// </summary>
    internal bool TryPredictNext(out int slot)
    {
        bool known = _heap.TryPredictNext(out EventKey next);
        slot = SlotOf(next);
        return known;
    }

    /// <summary>What a slot carries.</summary>
    internal ref readonly TPayload this[int slot] => ref _slots[slot].Payload;

    /// <summary>Takes the next event; false where none waits.</summary>
    public bool TryDequeue(out long time, out TPayload payload)
    {
        if (TryPeek(out time, out _))
        {
            payload = Begin();
            End();
            return true;
        }
        payload = default;
        return false;
    }

    /// <summary>
    /// Takes the event that <see cref="TryPeek"/> has just shown. It is handled in place, until <see cref="End"/>. If it is scheduled again
    /// in the meantime, it is not moved.
    /// </summary>
    internal ref TPayload Begin()
    {
        int slot = _handled = SlotOf(_heap.TakeTop());
        ref Slot taken = ref _slots[slot];
        taken.Order = ulong.MaxValue;
        return ref taken.Payload;
    }

    /// <summary>The event has been handled.</summary>
    internal void End()
    {
        if (_handled >= 0)
            FreeSlot(_handled);
        _handled = -1;
    }

    private EventHandle Add(long time, int slot)
    {
        ulong order = (_order.Next() << SlotBits) | (uint)slot;
        _slots[slot].Order = order;
        Prefetch(_heap.Add(new EventKey(time, order)));
        return new EventHandle(slot, order);
    }

    private void CloseTop()
    {
        if (_heap.IsTopTaken)
            Prefetch(_heap.CloseTop());
    }

    private void DropCancelled()
    {
        CloseTop();
        while (_cancelled > 0 && _heap.Count > 0)
        {
            EventKey top = _heap.Top;
            if (IsWaiting(top))
                return;
            _cancelled--;
            FreeSlot(SlotOf(top));
            Prefetch(_heap.RemoveTop());
        }
    }

    private void DropAllCancelled()
    {
        int kept = 0;
        for (int place = 0; place < _heap.Count; place++)
        {
            EventKey key = _heap[place];
            if (IsWaiting(key))
                _heap.Set(kept++, key);
            else
                FreeSlot(SlotOf(key));
        }
        _cancelled = 0;
        _heap.Rebuild(kept);
    }

    private static int SlotOf(EventKey key) => (int)(key.Order & SlotMask);

    // A cancelled event's slot has another order than its key.
    private bool IsWaiting(EventKey key) => _slots[SlotOf(key)].Order == key.Order;

    private int TakeSlot()
    {
        if (_freeSlot >= 0)
        {
            int slot = _freeSlot;
            _freeSlot = _slots[slot].NextFree;
            return slot;
        }
        if (_usedSlots > (int)SlotMask)
            throw new InvalidOperationException($"More than {SlotMask + 1} events wait at once; the model is unstable or too large.");
        if (_usedSlots == _slots.Length)
            Array.Resize(ref _slots, 2 * _usedSlots);
        return _usedSlots++;
    }

    private void FreeSlot(int slot)
    {
        _slots[slot].Order = ulong.MaxValue;
        _slots[slot].NextFree = _freeSlot;
        _freeSlot = slot;
    }

    // The event at this place of the heap will be predicted soon. Each field is addressed through the array: through a reference, the
    // processor would first read the field for the null check, and wait for the memory that is to be prefetched.
    private void Prefetch(int place)
    {
        if (place == 0)
            return;
        int slot = SlotOf(_heap[place]);
        Cache.Fetch(in _slots[slot].Payload);
        Cache.Fetch(in _slots[slot].NextFree);
    }

    private struct Slot
    {
        public ulong Order;
        public TPayload Payload;
        public int NextFree;
    }
}
