#include <stdio.h>

int main(void) {
    puts("xinfeng");
    return 0;
}
